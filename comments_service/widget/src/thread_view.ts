/** The thread on the page: heading, form, list. Paging is paging.ts; what writes and acts is in the chunks. */
import { CommentView } from "./comment_view";
import { button, h } from "./element";
import { tell } from "./events";
import { FormShell } from "./form_shell";
import { plural } from "./languages";
import type { Comment, Sort, Status, Thread, ThreadPage } from "./model";
import { explainTime, refreshTimes } from "./moments";
import type { Query } from "./api";
import { sortSelect } from "./sort_select";
import type { Surroundings } from "./surroundings";
import { rest, type Turn, Turns } from "./turns";
import type { Form, OwnComments } from "./writing";

/** More direct replies than this are folded after the first few. */
const MANY = 5;
const FEW = 3;
/** About half a frame: drawing one more comment after it still fits under what a reader feels. */
const SLICE_MS = 8;
const FIRST_LOOK_MS = 20_000;

export class ThreadView {
  readonly element: HTMLElement;
  readonly shell: FormShell;
  thread: Thread | null = null;
  open = true;
  readonly #views = new Map<string, CommentView>();
  readonly #folded = new Map<string, HTMLButtonElement>();
  readonly #heading = h("h2", { part: "title", id: "heading" });
  readonly #list = h("ol", { part: "list", class: "list", "aria-labelledby": "heading" });
  readonly #notice = h("p", { class: "muted", part: "notice" });
  readonly #earlier: HTMLButtonElement;
  readonly #more: HTMLButtonElement;
  readonly #home = h("div");
  readonly #news = h("div", { class: "news", role: "status" });
  readonly #sort: { element: HTMLElement; show(count: number): void };
  readonly #turns: Turns;
  /** Resolves when the first comments are drawn. */
  readonly drawn: Promise<void>;
  #tellDrawn = (): void => undefined;
  #form: Promise<Form> | null = null;
  #own: Promise<OwnComments> | null = null;
  #order: Sort;
  #next = "";
  #previous = "";
  #count = 0;

  constructor(
    readonly around: Surroundings,
    order: Sort,
  ) {
    const { texts, lang, signal } = around;
    this.#order = order;
    this.#turns = new Turns(signal);
    this.drawn = new Promise((resolve) => (this.#tellDrawn = resolve));
    this.shell = new FormShell(texts);
    this.#listenToForm();
    this.#sort = sortSelect(texts, order, (chosen) => this.#resort(chosen));
    this.#earlier = button(texts.earlier, () => void this.#page(true), { class: "more", part: "button more", hidden: true });
    this.#more = button(texts.more, () => void this.#page(false), { class: "more", part: "button more", hidden: true });
    this.#heading.textContent = texts.title;
    this.#home.append(this.shell.element);
    this.element = h(
      "section",
      { part: "section", "aria-labelledby": "heading" },
      h("header", { class: "top" }, this.#heading, this.#tools()),
      this.#home,
      this.#notice,
      this.#earlier,
      this.#list,
      this.#more,
      this.#news,
    );
    const clock = setInterval(() => refreshTimes(this.element, lang), 60_000);
    signal.addEventListener("abort", () => clearInterval(clock));
    setTimeout(() => this.#watch(), FIRST_LOOK_MS);
    for (const kind of ["pointerover", "focusin"]) this.element.addEventListener(kind, (event) => explainTime(event, lang));
    addEventListener("hashchange", () => void this.#follow(), { signal });
  }

  /** Shows the first page, or the one that holds the comment named in the page's address. */
  async start(asked: Promise<ThreadPage> = this.ask(linkedQuery())): Promise<void> {
    const turn = this.#turns.next();
    this.#say(this.around.texts.loading);
    this.#list.setAttribute("aria-busy", "true");
    const own = rest().then(() => this.#restore());
    try {
      const page = await asked;
      // One's own waiting comments come with the first page, not after it: nothing moves under the reader's eyes.
      const mine = await own;
      if (turn.holds) await this.#showFirst(page, turn, mine);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      if (turn.holds) this.#offerRetry();
    }
    if (turn.holds) this.#list.setAttribute("aria-busy", "false");
  }

  ask(query: Query = {}): Promise<ThreadPage> {
    const { api, url, signal } = this.around;
    return api.thread({ url, sort: this.#order, ...query }, signal);
  }

  async #restore(): Promise<(() => void) | null> {
    if (!this.around.device.own(this.around.url).length) return null;
    try {
      return await (await this.own()).restore();
    } catch {
      return null;
    }
  }

  async #showFirst(page: ThreadPage, turn: Turn, mine: (() => void) | null): Promise<void> {
    this.bringHome();
    this.#views.clear();
    this.#folded.clear();
    this.#list.replaceChildren();
    this.thread = page.thread;
    if (page.thread.required) this.shell.require(page.thread.required);
    this.#setOpen(page.thread.open);
    this.#say("");
    await this.#append(page.comments, turn);
    if (!turn.holds) return;
    this.#remember(page, true, true);
    // The grammar of times and numbers is the slowest thing here, and it can wait for the comments.
    await rest();
    refreshTimes(this.#list, this.around.lang);
    await rest();
    if (!turn.holds) return;
    this.#setCount(page.thread.count);
    mine?.();
    this.#wakeForm();
    await this.#follow(false);
    tell(this.around.host, "comment:loaded", { count: page.thread.count });
  }

  /** A draft, or a name that is remembered here, is brought back without a touch. */
  #wakeForm(): void {
    const { memory } = this.around.device;
    if (memory.drafts[this.around.url] || Object.keys(memory.me).length) void this.form().catch(() => undefined);
  }

  /** Draws in slices, so that a long thread on a slow phone never blocks the reader's touch. */
  async #append(comments: Comment[], turn: Turn, before: Node | null = null): Promise<void> {
    const batch = document.createDocumentFragment();
    let began = performance.now();
    for (const comment of comments) {
      if (!turn.holds) return;
      this.#place(comment, "approved", batch);
      if (performance.now() - began < SLICE_MS) continue;
      this.#list.insertBefore(batch, before);
      this.#tellDrawn();
      await rest();
      began = performance.now();
    }
    this.#list.insertBefore(batch, before);
  }

  #remember(page: ThreadPage, next: boolean, previous: boolean): void {
    if (next) this.#next = page.next_cursor ?? "";
    if (previous) this.#previous = page.previous_cursor ?? "";
    this.#more.hidden = !this.#next;
    this.#earlier.hidden = !this.#previous;
  }

  find(id: string): CommentView | undefined {
    for (let toggle = this.#folded.get(id); toggle && !this.#views.has(id); toggle = this.#folded.get(id)) {
      this.#folded.delete(id);
      if (toggle.getAttribute("aria-expanded") === "false") toggle.click();
    }
    return this.#views.get(id);
  }

  /** Puts a comment that was just written, still waits, or just came, where it belongs. */
  insert(comment: Comment, status: Status): CommentView {
    const parent = this.find(comment.parent_id ?? "");
    const view = this.#place(comment, status, parent?.tail ?? this.#list);
    if (!parent && this.#order === "newest") this.#list.prepend(view.element);
    this.#say("");
    return view;
  }

  has(id: string): boolean {
    return this.#views.has(id) || this.#folded.has(id);
  }

  /** Takes a comment away; a stub stays above its replies. */
  drop(view: CommentView): void {
    if (view.element.contains(this.shell.element)) this.bringHome();
    if (view.replies.childElementCount) return view.showRemoved();
    this.#views.delete(view.comment.id);
    view.element.remove();
  }

  addToCount(change: number): void {
    this.#setCount(this.#count + change);
  }

  /** Shows the button that brings new comments, or with null takes it away. Beside the list, so that nothing moves. */
  offer(show: HTMLElement | null): void {
    this.#news.replaceChildren(...(show ? [show] : []));
  }

  /** Draws again what depends on a hidden author. */
  redraw(name: string): void {
    for (const view of this.#views.values()) {
      if (view.name === name && view.status === "approved") view.show(view.comment, "approved");
    }
  }

  /** The form's behaviour, loaded at the first touch. */
  form(): Promise<Form> {
    this.#form ??= this.around.chunks.writing().then(
      (writing) => writing.openForm(this),
      (error: unknown) => {
        this.#form = null;
        throw error;
      },
    );
    return this.#form;
  }

  own(): Promise<OwnComments> {
    this.#own ??= this.around.chunks.writing().then((writing) => writing.ownComments(this));
    this.#own.catch(() => (this.#own = null));
    return this.#own;
  }

  /** Turns the form to a comment, or with null back to the article. */
  async answer(view: CommentView | null): Promise<void> {
    const form = await this.form().catch(() => null);
    form?.answer(view);
  }

  /** Puts comments that were folded away at the end of a comment's replies. */
  place(comments: Comment[], list: ParentNode): void {
    for (const comment of comments) this.#place(comment, "approved", list);
  }

  /** Moves the form under a comment. */
  bringUnder(view: CommentView): void {
    view.element.insertBefore(this.shell.element, view.replies);
  }

  /** Moves the form back to its place above the list. */
  bringHome(): void {
    void this.#form?.then((form) => form.release());
    if (this.open) this.#home.replaceChildren(this.shell.element);
  }

  /** Puts a comment with its replies at the end of `list`, or renews it where it stands already. */
  #place(comment: Comment, status: Status, list: ParentNode): CommentView {
    const known = this.#views.get(comment.id);
    if (known) {
      known.show(comment, status);
      // It came before its page did; unless the reader is writing below it, it now takes its place there.
      if (!known.element.contains(this.shell.element)) list.append(known.element);
      return known;
    }
    const view = new CommentView(this, comment, status);
    this.#views.set(comment.id, view);
    const replies = comment.replies ?? [];
    const shown = replies.length > MANY ? FEW : replies.length;
    for (const reply of replies.slice(0, shown)) this.#place(reply, "approved", view.replies);
    if (shown < replies.length) this.#noteFolded(replies.slice(shown), view.fold(replies.slice(shown)));
    if (comment.replies_cursor) view.element.append(this.#moreReplies(view, comment.replies_cursor));
    list.append(view.element);
    return view;
  }

  #noteFolded(comments: Comment[], toggle: HTMLButtonElement): void {
    for (const { id, replies } of comments) {
      this.#folded.set(id, toggle);
      this.#noteFolded(replies ?? [], toggle);
    }
  }

  async #page(earlier: boolean): Promise<void> {
    const turn = this.#turns.current;
    const first = this.#list.firstElementChild;
    const last = this.#list.lastElementChild;
    try {
      const page = await this.ask({ cursor: earlier ? this.#previous : this.#next });
      if (!turn.holds) return;
      const top = first?.getBoundingClientRect().top ?? 0;
      // With their real heights, not the guessed ones of what is far from view.
      this.#list.classList.toggle("whole", earlier);
      this.#remember(page, !earlier, earlier);
      await this.#append(page.comments, turn, earlier ? first : null);
      // What was being read stays where it was.
      if (earlier && first) scrollBy(0, first.getBoundingClientRect().top - top);
      const fresh = earlier ? first?.previousElementSibling : last?.nextElementSibling;
      fresh?.querySelector("article")?.focus({ preventScroll: true });
    } catch {
      this.around.announce(this.around.texts.load_failed);
    }
  }

  #moreReplies(view: CommentView, cursor: string): HTMLButtonElement {
    const { texts, announce } = this.around;
    const more = button(texts.more_replies, async () => {
      try {
        const page = await this.ask({ sort: "oldest", cursor, parent: view.comment.id });
        const [first] = page.comments.map((reply) => this.#place(reply, "approved", view.tail));
        if (page.next_cursor) more.before(this.#moreReplies(view, page.next_cursor));
        more.remove();
        first?.focus();
      } catch {
        announce(texts.load_failed);
      }
    });
    more.className = "fold";
    return more;
  }

  /** Goes to the comment in the page's address, and loads the page that holds it if it is not here. */
  async #follow(load = true): Promise<void> {
    const { focus } = linkedQuery();
    if (!focus) return;
    const view = this.find(focus);
    for (const marked of this.#list.querySelectorAll(".marked")) marked.classList.remove("marked");
    if (view) view.mark();
    else if (load) await this.start();
    else this.around.announce(this.around.texts.not_found);
  }

  #resort(order: Sort): void {
    this.#order = order;
    void this.start(this.ask());
  }

  /** Nobody who leaves at once needs to load what looks for new comments. */
  #watch(): void {
    if (!this.around.signal.aborted) this.around.chunks.acting((acting) => acting.watchNewer(this), true);
  }

  #tools(): HTMLElement {
    const { texts, chunks } = this.around;
    const follow = button(texts.follow, () => chunks.acting((acting) => acting.openFollow(this, follow)), {
      class: "quiet",
      "aria-expanded": "false",
    });
    return h("div", { class: "row" }, this.#sort.element, follow);
  }

  #listenToForm(): void {
    const { element } = this.shell;
    // Errors are told by the chunks' loader; what was typed stays in the fields in any case.
    const load = (): void => void this.form().catch(() => undefined);
    element.addEventListener("focusin", load, { once: true });
    element.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.form().then(
        (form) => form.submit(),
        () => undefined,
      );
    });
  }

  #offerRetry(): void {
    const { texts } = this.around;
    this.#say(texts.load_failed);
    this.#notice.append(" ", button(texts.try_again, () => void this.start()));
  }

  #say(text: string): void {
    this.#notice.textContent = text;
    this.#notice.hidden = !text;
  }

  #setOpen(open: boolean): void {
    this.open = open;
    if (open) return;
    this.#home.replaceChildren(h("p", { class: "muted", part: "closed" }, this.around.texts.closed));
  }

  #setCount(count: number): void {
    const { texts, lang } = this.around;
    this.#count = count;
    this.#heading.textContent = count ? plural(count, texts.count, lang) : texts.title;
    this.#say(count || !this.open ? "" : texts.empty);
    this.#sort.show(count);
  }
}

/** "#comment-ID" in the page's address, as a query for the page that holds that comment. */
export function linkedQuery(): Query {
  const id = /^#comment-([\w-]{1,64})$/.exec(location.hash)?.[1];
  return id ? { focus: id } : {};
}
