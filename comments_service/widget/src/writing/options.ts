/** What the reader may tick: to be remembered on this device, and to be told of replies by mail. Both are off at first. */
import { h } from "../element";
import type { Draft } from "../model";
import type { write } from "../texts/en.json";
import type { ThreadView } from "../thread_view";

const REMEMBERED = ["name", "email", "website"] as const;

export class Options {
  readonly element: HTMLElement;
  readonly #remember: HTMLInputElement;
  readonly #notify: HTMLInputElement;

  constructor(
    private readonly thread: ThreadView,
    texts: typeof write,
  ) {
    const { me } = thread.around.device.memory;
    this.#remember = h("input", { type: "checkbox", id: "remember", checked: Object.keys(me).length > 0 });
    this.#notify = h("input", { type: "checkbox", id: "notify" });
    this.element = h("div", { class: "options", part: "options" }, ticked(this.#remember, texts.remember));
    if (thread.thread?.follow) this.element.append(ticked(this.#notify, texts.notify));
    for (const { name, control } of thread.shell.fields) control.value ||= String(me[name] ?? "");
    this.#remember.addEventListener("change", () => this.#remember.checked || this.#forget());
  }

  get notify(): boolean {
    return this.#notify.checked;
  }

  /** After a comment was taken: remembers who wrote it, where that was asked for. */
  keep(draft: Draft): void {
    if (!this.#remember.checked) return;
    this.thread.around.device.change((memory) => {
      memory.me = Object.fromEntries(REMEMBERED.map((name) => [name, draft[name] ?? ""]));
    });
  }

  /** Unticking forgets at once, not with the next comment. */
  #forget(): void {
    this.thread.around.device.change((memory) => (memory.me = {}));
  }
}

function ticked(box: HTMLInputElement, label: string): HTMLElement {
  return h("label", { for: box.id, class: "tick" }, box, ` ${label}`);
}
