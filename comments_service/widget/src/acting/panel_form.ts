/** Small forms that open below a comment: something to fill in or confirm, a button that does it, one that does not. */
import { button, h } from "../element";
import type { ShellField } from "../form_shell";
import { isPassing, refusal } from "../problem";
import type { Surroundings } from "../surroundings";
import { write } from "../texts/en.json";

/** Opens what `make` gives after the row of `toggle`, or closes it if it is open, and says so on the toggle. */
export function disclose(toggle: HTMLElement, make: () => HTMLElement): void {
  const open = toggle.getAttribute("aria-expanded") === "true";
  const row = toggle.parentElement!;
  row.parentElement!.querySelector(":scope > .disclosed")?.remove();
  for (const other of row.querySelectorAll("[aria-expanded]")) other.setAttribute("aria-expanded", "false");
  if (open) return toggle.focus();
  const panel = make();
  panel.classList.add("disclosed");
  panel.addEventListener("keydown", (event) => event.key === "Escape" && disclose(toggle, make));
  row.after(panel);
  toggle.setAttribute("aria-expanded", "true");
  panel.querySelector<HTMLElement>("button, input, a")?.focus();
}

/** `act` may throw: the reason is then shown in the form, which stays open with all that was typed. */
export function panelForm(
  { texts, lang, words }: Surroundings,
  label: string,
  content: Node[],
  close: () => void,
  act: () => Promise<void>,
): HTMLFormElement {
  const alert = h("p", { role: "alert", class: "alert", part: "error" });
  const { cancel } = words("write", write);
  const send = h("button", { type: "submit", part: "button" }, label);
  let busy = false;
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (busy) return;
    busy = true;
    send.setAttribute("aria-disabled", "true");
    alert.textContent = "";
    try {
      await act();
    } catch (error) {
      alert.textContent = isPassing(error) ? texts.failed : explanation(error, lang) || texts.failed;
    }
    busy = false;
    send.removeAttribute("aria-disabled");
  };
  const form = h(
    "form",
    { class: "panel", part: "panel", novalidate: true, "aria-label": label, submit: (event) => void submit(event) },
    ...content,
    alert,
    h("div", { class: "row" }, send, button(cancel, close)),
  );
  form.addEventListener("keydown", (event) => event.key === "Escape" && close());
  return form;
}

/** The service explains in English. In other languages "that did not work" is better than a foreign sentence. */
function explanation(error: unknown, lang: string): string {
  const problem = refusal(error);
  if (!problem || !/^en\b/.test(lang)) return "";
  return problem.errors.map(({ message }) => message).join(" ") || problem.message;
}

/** A control of a panel about which something may be said. Its name, by which it is judged, is what stands after the hyphen of `id`. */
export function field(id: string, label: string, control: ShellField["control"], required: boolean): ShellField {
  control.id = id;
  control.required = required;
  control.setAttribute("part", "input");
  const star = h("span", { "aria-hidden": "true" }, required && " *");
  const element = h("div", { class: "field", part: "field" }, h("label", { for: id, part: "label" }, label, star), control);
  return { name: id.split("-")[1]!, control, element };
}

/** A labelled control for a panel. */
export function labelled(label: string, control: HTMLElement): Node[] {
  return [h("label", { for: control.id, part: "label" }, label), control];
}
