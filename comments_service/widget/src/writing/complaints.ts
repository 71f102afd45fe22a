/** What is wrong with a field, beside it and tied to it for assistive technology. */
import { h } from "../element";
import type { ShellField } from "../form_shell";

export class Complaints {
  readonly #said = new Map<string, HTMLElement>();

  constructor(private readonly fields: ShellField[]) {
    for (const field of fields) field.control.addEventListener("input", () => this.say(field, ""));
  }

  /** Shows `message` beside the control; "" takes it away. */
  say({ name, control, element }: ShellField, message: string): void {
    this.#said.get(name)?.remove();
    this.#said.delete(name);
    const described = (control.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => id && id !== `${control.id}-error`);
    if (message) {
      const error = h("p", { id: `${control.id}-error`, class: "error", part: "error" }, message);
      this.#said.set(name, error);
      element.append(error);
      described.unshift(error.id);
    }
    control.toggleAttribute("aria-invalid", !!message);
    if (message) control.setAttribute("aria-invalid", "true");
    if (described.length) control.setAttribute("aria-describedby", described.join(" "));
    else control.removeAttribute("aria-describedby");
  }

  /** Brings the reader to the first field that is wrong; false if none is. */
  focusFirst(): boolean {
    const first = this.fields.find(({ name }) => this.#said.has(name));
    first?.control.focus();
    return !!first;
  }
}
