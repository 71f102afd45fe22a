/** A small form that opens below a comment: something to fill in or confirm, a button that does it, one that does not. */
import { button, h } from "./element";
import { isPassing, type Problem } from "./problem";
import type { Surroundings } from "./surroundings";

/** `act` may throw: the reason is then shown in the form, which stays open with all that was typed. */
export function panelForm(
  { texts }: Surroundings,
  label: string,
  content: Node[],
  close: () => void,
  act: () => Promise<void>,
): HTMLFormElement {
  const alert = h("p", { role: "alert", class: "alert", part: "error" });
  let busy = false;
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (busy) return;
    busy = true;
    alert.textContent = "";
    try {
      await act();
    } catch (error) {
      alert.textContent = isPassing(error) ? texts.failed : explanation(error as Problem);
    }
    busy = false;
  };
  return h(
    "form",
    { class: "panel", part: "panel", novalidate: true, "aria-label": label, submit: (event) => void submit(event) },
    ...content,
    alert,
    h("div", { class: "row" }, h("button", { type: "submit", part: "button" }, label), button(texts.cancel, close)),
  );
}

function explanation(problem: Problem): string {
  return problem.errors.map(({ message }) => message).join(" ") || problem.message;
}
