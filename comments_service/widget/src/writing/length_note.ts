/** How many characters are left, once that begins to matter; said to screen readers only at round steps. */
import { h } from "../element";
import type { Control } from "../form_shell";
import { plural } from "../languages";
import type { write } from "../texts/en.json";

/** From this share of the limit on. */
const MATTERS = 0.8;
const STEP = 100;

export class LengthNote {
  limit = Infinity;
  readonly element = h("p", { class: "note", part: "length", hidden: true });
  readonly #live = h("p", { role: "status", class: "unseen" });
  #step = NaN;

  constructor(
    private readonly control: Control,
    private readonly texts: typeof write,
    private readonly lang: string,
  ) {
    control.addEventListener("input", () => this.show());
    control.before(this.#live);
  }

  show(): void {
    const length = [...this.control.value.trim()].length;
    this.element.hidden = length < this.limit * MATTERS;
    if (this.element.hidden) return;
    const left = this.limit - length;
    const text = left < 0 ? plural(-left, this.texts.over, this.lang) : plural(left, this.texts.left, this.lang);
    this.element.textContent = text;
    this.element.classList.toggle("error", left < 0);
    const step = Math.floor(left / STEP);
    if (step !== this.#step) this.#live.textContent = text;
    this.#step = step;
  }
}
