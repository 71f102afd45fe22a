/** <comment-section site url title lang theme sort lazy>: the element's life on the page. What it shows is thread_view.ts. */
import { Api } from "./api";
import { articleTitle, articleUrl } from "./article";
import { Device } from "./device";
import { h } from "./element";
import { languageFor } from "./languages";
import { near } from "./near";
import { sortOf } from "./sort_select";
import css from "./styles.css";
import type { Surroundings } from "./surroundings";
import { ThreadView } from "./thread_view";

let sheet: CSSStyleSheet | undefined;

/** A constructed sheet, because a strict Content-Security-Policy forbids <style> and style attributes. */
function styles(): CSSStyleSheet {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
  }
  return sheet;
}

export class CommentSection extends HTMLElement {
  /** Where the service is, with a slash at its end. `defineElements` sets it. */
  static base = "";
  static readonly observedAttributes = ["site", "url", "title", "lang", "sort"];

  readonly #root: ShadowRoot;
  #life: AbortController | null = null;
  #restarting = false;

  constructor() {
    super();
    this.#root = this.attachShadow({ mode: "open" });
    this.#root.adoptedStyleSheets = [styles()];
  }

  connectedCallback(): void {
    if (!this.#life) void this.#begin();
  }

  /** Only an element that stays away is stopped: one that is just moved keeps its thread and what is being typed. */
  disconnectedCallback(): void {
    queueMicrotask(() => {
      if (!this.isConnected) this.#end();
    });
  }

  attributeChangedCallback(_name: string, before: string | null, now: string | null): void {
    if (!this.#life || before === now || this.#restarting) return;
    this.#restarting = true;
    queueMicrotask(() => {
      this.#restarting = false;
      this.#end();
      if (this.isConnected) void this.#begin();
    });
  }

  #end(): void {
    this.#life?.abort();
    this.#life = null;
  }

  async #begin(): Promise<void> {
    this.#life = new AbortController();
    const { signal } = this.#life;
    const site = this.getAttribute("site");
    if (!site) {
      console.error('<comment-section> needs the key of its site: <comment-section site="…">');
      return;
    }
    if (this.hasAttribute("lazy")) await near(this, signal);
    if (signal.aborted) return;
    await this.#show(site, signal);
  }

  async #show(site: string, signal: AbortSignal): Promise<void> {
    const { base } = CommentSection;
    const api = new Api(base, site);
    const url = articleUrl(this);
    const order = sortOf(this.getAttribute("sort"));
    const asked = api.thread(url, order, signal);
    // Told by the view below; until it listens, a quick failure must not count as unhandled.
    asked.catch(() => undefined);
    const { lang, texts } = await languageFor(this, base);
    if (signal.aborted) return;
    const live = h("p", { role: "status", class: "unseen" });
    const around: Surroundings = {
      host: this,
      api,
      device: new Device(base, site),
      url,
      title: articleTitle(this),
      lang,
      texts,
      signal,
      announce: (text) => (live.textContent = text),
    };
    const thread = new ThreadView(around, order);
    // The empty title keeps the browser from showing the host's title attribute as a tooltip over the whole widget.
    this.#root.replaceChildren(h("div", { class: "root", lang, title: "" }, thread.element, live));
    await thread.start(asked);
  }
}
