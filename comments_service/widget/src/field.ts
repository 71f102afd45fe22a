/** One labelled control with room for its error, tied together for assistive technology. */
import { h } from "./element";

type Control = HTMLInputElement | HTMLTextAreaElement;

export class Field {
  readonly element: HTMLElement;
  readonly #error: HTMLElement;
  readonly #star = h("span", { "aria-hidden": "true" }, " *");

  constructor(
    readonly name: string,
    label: string,
    readonly control: Control,
    required: boolean,
  ) {
    // Ids are the shadow root's own, so two widgets on a page do not meet.
    control.id = `field-${name}`;
    control.name = name;
    control.setAttribute("part", "input");
    this.#error = h("p", { id: `${control.id}-error`, class: "error", part: "error", hidden: true });
    this.element = h(
      "div",
      { class: `field ${name}`, part: "field" },
      h("label", { for: control.id, part: "label" }, label, this.#star),
      control,
      this.#error,
    );
    control.addEventListener("input", () => this.complain(""));
    this.require(required);
  }

  require(required: boolean): void {
    this.control.required = required;
    this.#star.hidden = !required;
  }

  get value(): string {
    return this.control.value.trim();
  }

  /** Shows `message` beside the control; "" takes it away. */
  complain(message: string): void {
    this.#error.textContent = message;
    this.#error.hidden = !message;
    if (message) {
      this.control.setAttribute("aria-invalid", "true");
      this.control.setAttribute("aria-describedby", this.#error.id);
    } else {
      this.control.removeAttribute("aria-invalid");
      this.control.removeAttribute("aria-describedby");
    }
  }

  get wrong(): boolean {
    return !this.#error.hidden;
  }
}
