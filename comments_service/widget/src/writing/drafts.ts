/** The draft of this article's comment, kept on the device while the reader writes, until it is sent or forgotten. */
import type { KeptDraft } from "../device";
import { button, h } from "../element";
import type { Control } from "../form_shell";
import type { Draft } from "../model";
import type { Surroundings } from "../surroundings";
import type { write } from "../texts/en.json";

/** More would be drafts that nobody comes back to. */
const KEPT = 20;
const AFTER_MS = 400;

export class Drafts {
  readonly element: HTMLElement;
  #timer = 0;

  constructor(
    private readonly around: Surroundings,
    private readonly control: Control,
    texts: typeof write,
  ) {
    const forget = button(texts.draft_forget, () => this.#forget(texts), { class: "quiet" });
    this.element = h("p", { class: "note", part: "draft", hidden: true }, `${texts.draft_kept} `, forget);
    control.addEventListener("input", () => this.#soon());
    addEventListener("pagehide", () => this.#timer && this.#save(), { signal: around.signal });
  }

  /** Brings back what was written before a reload, unless something else is written already. */
  restore(): void {
    const draft = this.#kept();
    if (draft && !this.control.value) this.control.value = draft.body;
    // Also for what was typed while this file was on its way: it counts and is kept like everything after it.
    if (this.control.value) this.control.dispatchEvent(new Event("input"));
  }

  /** The key under which this text was sent before without an answer: after a reload too it must not be stored twice. */
  keyOf({ body, parent_id = "" }: Draft): string | undefined {
    const draft = this.#kept();
    return draft?.body.trim() === body && draft.to === parent_id ? draft.key : undefined;
  }

  /** Remembered before the first byte leaves: what if the page dies after it? Never with the address. */
  noteSending({ parent_id = "" }: Draft, key: string): void {
    this.#change((drafts, url) => (drafts[url] = { body: this.control.value, to: parent_id, key }));
  }

  /** The service has it. */
  drop(): void {
    clearTimeout(this.#timer);
    this.#timer = 0;
    this.#change((drafts, url) => delete drafts[url]);
    this.element.hidden = true;
  }

  #kept(): KeptDraft | undefined {
    const { device, url } = this.around;
    const draft = device.memory.drafts[url];
    return typeof draft?.body === "string" ? draft : undefined;
  }

  #soon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#save(), AFTER_MS);
  }

  #save(): void {
    this.#timer = 0;
    const body = this.control.value;
    if (!body.trim()) return this.drop();
    // A text that changed is no longer the one that was sent.
    if (this.#kept()?.body !== body) this.#change((drafts, url) => (drafts[url] = { body }));
    this.element.hidden = false;
  }

  #forget(texts: typeof write): void {
    this.control.value = "";
    this.control.dispatchEvent(new Event("input"));
    this.drop();
    this.around.announce(texts.draft_forgotten);
    this.control.focus();
  }

  #change(act: (drafts: { [url: string]: KeptDraft }, url: string) => void): void {
    const { device, url } = this.around;
    device.change((memory) => {
      const drafts = { ...memory.drafts };
      act(drafts, url);
      memory.drafts = Object.fromEntries(Object.entries(drafts).slice(-KEPT));
    });
  }
}
