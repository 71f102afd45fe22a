/** <comment-section site url title lang theme sort lazy texts>: the element's life on the page. What it shows is thread_view.ts. */
import { Api } from "./api";
import { articleTitle, articleUrl } from "./article";
import { chunksFor } from "./chunks";
import { Device } from "./device";
import { h } from "./element";
import { languageFor } from "./languages";
import type { ThreadPage } from "./model";
import { near } from "./near";
import { PageElement } from "./page_element";
import { parse } from "./plain";
import { safeHtml } from "./safe_html";
import { sortOf } from "./sort_select";
import css from "./styles/reading.css";
import type { Surroundings } from "./surroundings";
import { read } from "./texts/en.json";
import { linkedQuery, ThreadView } from "./thread_view";
import { rest } from "./turns";
import { watchAddress } from "./watch_address";

const ROOM = ":host{min-block-size:100vh}";
const sheets = new Map<string, CSSStyleSheet>();

/** A constructed sheet, because a strict Content-Security-Policy forbids <style> and style attributes. */
function sheetOf(text: string): CSSStyleSheet {
  let sheet = sheets.get(text);
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    sheets.set(text, sheet);
  }
  return sheet;
}

export class CommentSection extends PageElement {
  /** Where the service is, with a slash at its end. `defineElements` sets it. */
  static base = "";
  static readonly observedAttributes = ["site", "url", "title", "lang", "sort", "texts"];

  readonly #root: ShadowRoot;
  readonly #drawn: boolean;
  #life: AbortController | null = null;
  #thread: ThreadView | null = null;
  #restarting = false;

  constructor() {
    super();
    // The publisher's server may have drawn the first page into a declarative shadow root: it stays until ours is ready.
    this.#drawn = !!this.shadowRoot;
    this.#root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    this.#dress(css);
    this.#dress(ROOM);
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
    if (this.#life && before !== now) this.#restart();
  }

  /** Loads the thread anew, as if the page had been loaded. What is being typed stays. */
  async refresh(): Promise<void> {
    await this.#thread?.start();
  }

  /** Brings the reader to the form. */
  async write(): Promise<void> {
    await this.#thread?.answer(null);
  }

  #restart(): void {
    if (this.#restarting) return;
    this.#restarting = true;
    queueMicrotask(() => {
      this.#restarting = false;
      this.#end();
      if (this.isConnected) void this.#begin();
    });
  }

  #end(): void {
    this.#life?.abort();
    this.#life = this.#thread = null;
  }

  async #begin(): Promise<void> {
    this.#life = new AbortController();
    const { signal } = this.#life;
    const site = this.getAttribute("site");
    if (!site) {
      console.error('<comment-section> needs the key of its site: <comment-section site="…">');
      return this.#undress(ROOM);
    }
    if (this.#drawn) await parsed(signal);
    const eager = this.getAttribute("lazy") === "false" || "focus" in linkedQuery();
    if (!eager) await near(this, signal);
    if (!signal.aborted) await this.#show(site, signal);
  }

  async #show(site: string, signal: AbortSignal): Promise<void> {
    const { base } = CommentSection;
    const api = new Api(base, site);
    const url = articleUrl(this);
    const order = sortOf(this.getAttribute("sort"));
    const drawn = this.#drawnPage();
    const asked = drawn ?? api.thread({ url, sort: order, ...linkedQuery() }, signal);
    // Told by the view below; until it listens, a quick failure must not count as unhandled.
    asked.catch(() => undefined);
    const language = await languageFor(this, base);
    await rest();
    if (signal.aborted) return;
    const live = h("p", { role: "status", class: "live" });
    const announce = (text: string): void => live.replaceChildren(h("span", {}, text));
    const texts = language.words("read", read);
    const around: Surroundings = {
      ...language,
      host: this,
      api,
      device: new Device(base, site),
      url,
      title: articleTitle(this),
      texts,
      signal,
      chunks: chunksFor(base, () => announce(texts.failed)),
      announce,
      dress: (text) => this.#dress(text),
      html: safeHtml,
    };
    const thread = (this.#thread = new ThreadView(around, order));
    watchAddress(signal, () => !this.hasAttribute("url") && articleUrl(this) !== url && this.#restart());
    // The empty title keeps the browser from showing the host's title attribute as a tooltip over the whole widget.
    const root = h("div", { class: "root", lang: language.lang, title: "" }, thread.element, live);
    const started = thread.start(asked);
    if (drawn) await Promise.race([started, thread.drawn]);
    this.#root.replaceChildren(root);
    await started;
    this.#giveBack(signal);
  }

  /**
   * While it loads the widget takes a screen's height, so that what stands below is pushed out of sight once and never
   * again. A short thread gives the room back with the reader's first touch, where a page may move.
   */
  #giveBack(signal: AbortSignal): void {
    const give = (): void => this.#undress(ROOM);
    if (this.#root.lastElementChild!.clientHeight >= innerHeight) return give();
    // Not "pointerdown": what is being pressed would move away from under the pointer.
    for (const touch of ["click", "keydown"]) this.#root.addEventListener(touch, give, { once: true, signal });
  }

  /** The page that the publisher's server put into the article's HTML, once. */
  #drawnPage(): Promise<ThreadPage> | null {
    const data = this.#root.querySelector('script[type="application/json"]');
    const page = data && (parse(data.textContent ?? "") as ThreadPage | undefined);
    data?.remove();
    return page?.thread && Array.isArray(page.comments) ? Promise.resolve(page) : null;
  }

  #dress(text: string): void {
    const sheet = sheetOf(text);
    const worn = this.#root.adoptedStyleSheets;
    if (!worn.includes(sheet)) this.#root.adoptedStyleSheets = [...worn, sheet];
  }

  #undress(text: string): void {
    this.#root.adoptedStyleSheets = this.#root.adoptedStyleSheets.filter((sheet) => sheet !== sheetOf(text));
  }
}

/** What the publisher's server has drawn may still be on its way: this script does not wait for the page's end. */
async function parsed(signal: AbortSignal): Promise<void> {
  if (document.readyState !== "loading") return;
  await new Promise((done) => document.addEventListener("DOMContentLoaded", done, { once: true, signal }));
}
