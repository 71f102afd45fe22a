/** What the "⋯" of a comment opens: copy its link, hide its author, report it. */
import type { CommentView } from "../comment_view";
import { button, h } from "../element";
import { act } from "../texts/en.json";
import { disclose, labelled } from "./panel_form";
import { reportForm } from "./report";

export class ActionList {
  readonly element: HTMLElement;
  readonly #texts: typeof act;

  constructor(
    private readonly view: CommentView,
    private readonly toggle: HTMLElement,
  ) {
    this.#texts = view.around.words("act", act);
    const quiet = { class: "quiet" };
    this.element = h(
      "div",
      { class: "row", part: "more-actions", role: "group", "aria-label": view.around.texts.actions },
      button(this.#texts.copy_link, () => void this.#copy(), quiet),
      button(this.#texts.hide_author, () => this.#hide(), quiet),
      button(this.#texts.report, () => this.#report(), quiet),
    );
  }

  #close(): void {
    disclose(this.toggle, () => this.element);
  }

  async #copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.view.link);
      this.#close();
      this.view.around.announce(this.#texts.copied);
    } catch {
      this.#showLink();
    }
  }

  /** Pages without https, or readers who forbid it, have no clipboard: then the link is there to be copied by hand. */
  #showLink(): void {
    const field = h("input", { id: "copy-link", type: "text", readonly: true, part: "input", value: this.view.link });
    this.element.append(h("div", { class: "panel" }, ...labelled(this.#texts.copy_by_hand, field)));
    field.select();
  }

  #hide(): void {
    const { device, announce } = this.view.around;
    const { name } = this.view;
    device.change((memory) => (memory.hidden = [...memory.hidden, name]));
    this.view.thread.redraw(name);
    announce(this.#texts.author_hidden);
    this.view.article.focus();
  }

  #report(): void {
    this.#close();
    this.view.open(reportForm(this.view, this.toggle));
  }
}
