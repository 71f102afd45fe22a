/** The thread on the page: heading, sort, form, list, paging. The reader's own comments are own_comments.ts. */
import { CommentForm } from "./comment_form";
import { CommentView, type ThreadActs } from "./comment_view";
import { button, h } from "./element";
import { plural } from "./languages";
import type { Comment, Posted, Sort, Status, ThreadPage } from "./model";
import { refreshTimes } from "./moments";
import { OwnComments } from "./own_comments";
import { sortSelect } from "./sort_select";
import type { Surroundings } from "./surroundings";

export class ThreadView {
  readonly element: HTMLElement;
  readonly #views = new Map<string, CommentView>();
  readonly #heading = h("h2", { part: "title", id: "heading" });
  readonly #list = h("ol", { part: "list", class: "list", "aria-labelledby": "heading" });
  readonly #notice = h("p", { class: "muted", part: "notice" });
  readonly #more: HTMLButtonElement;
  readonly #home = h("div");
  readonly #form: CommentForm;
  readonly #sort: { element: HTMLElement; show(count: number): void };
  readonly #acts: ThreadActs;
  readonly #own: OwnComments;
  #order: Sort;
  #cursor = "";
  #count = 0;
  /** Counts the loads, so that a slow answer to an earlier one is not shown over a later one. */
  #turn = 0;

  constructor(
    private readonly around: Surroundings,
    order: Sort,
  ) {
    const { texts } = around;
    this.#order = order;
    this.#acts = {
      reply: (view) => this.#answer(view),
      changed: (view, own) => this.#own.changed(view, own),
      removed: (view) => this.#own.removed(view),
    };
    this.#own = new OwnComments(around, this);
    this.#form = new CommentForm(
      around,
      (posted) => this.#arrived(posted),
      () => this.#answer(null),
    );
    this.#home.append(this.#form.element);
    this.#sort = sortSelect(texts, order, (chosen) => this.#resort(chosen));
    this.#more = button(texts.more, () => void this.#loadMore(), { class: "more", part: "button more", hidden: true });
    this.#heading.textContent = texts.title;
    this.element = h(
      "section",
      { part: "section", "aria-labelledby": "heading" },
      h("header", { class: "top" }, this.#heading, this.#sort.element),
      this.#home,
      this.#notice,
      this.#list,
      this.#more,
    );
    const clock = setInterval(() => refreshTimes(this.element, around.lang), 60_000);
    around.signal.addEventListener("abort", () => clearInterval(clock));
  }

  /** Shows the first page. `asked` is its request, which may be under way already. */
  async start(asked: Promise<ThreadPage> = this.#ask()): Promise<void> {
    const turn = ++this.#turn;
    this.#say(this.around.texts.loading);
    this.#list.setAttribute("aria-busy", "true");
    try {
      const page = await asked;
      if (turn === this.#turn) this.#showFirst(page);
    } catch {
      if (turn === this.#turn && !this.around.signal.aborted) this.#offerRetry();
    }
    this.#list.setAttribute("aria-busy", "false");
  }

  #ask(cursor = ""): Promise<ThreadPage> {
    const { api, url, signal } = this.around;
    return api.thread(url, this.#order, signal, cursor);
  }

  #showFirst(page: ThreadPage): void {
    this.#answer(null, false);
    this.#views.clear();
    this.#list.replaceChildren();
    this.#setOpen(page.thread.open);
    this.#setCount(page.thread.count);
    this.#append(page);
    void this.#own.restore();
    this.find(location.hash.replace(/^#comment-/, ""))?.focus();
  }

  #append(page: ThreadPage): void {
    const batch = document.createDocumentFragment();
    for (const comment of page.comments) this.#place(comment, "approved", batch);
    this.#list.append(batch);
    this.#cursor = page.next_cursor ?? "";
    this.#more.hidden = !this.#cursor;
  }

  find(id: string): CommentView | undefined {
    return this.#views.get(id);
  }

  /** Puts a comment that was just written, or still waits, where it belongs. */
  insert(comment: Comment, status: Status): CommentView {
    const parent = this.find(comment.parent_id ?? "");
    const view = this.#place(comment, status, parent?.replies ?? this.#list);
    if (!parent && this.#order === "newest") this.#list.prepend(view.element);
    this.#say("");
    return view;
  }

  /** Takes a comment away; a stub stays above its replies. */
  drop(view: CommentView): void {
    if (view.element.contains(this.#form.element)) this.#answer(null, false);
    if (view.replies.childElementCount) return view.showRemoved();
    this.#views.delete(view.comment.id);
    view.element.remove();
  }

  addToCount(change: number): void {
    this.#setCount(this.#count + change);
  }

  /** Puts a comment with its replies at the end of `list`, or renews it where it stands already. */
  #place(comment: Comment, status: Status, list: ParentNode): CommentView {
    const known = this.find(comment.id);
    if (known) {
      known.show(comment, status);
      return known;
    }
    const view = new CommentView(this.around, this.#acts, comment, status);
    this.#views.set(comment.id, view);
    for (const reply of comment.replies ?? []) this.#place(reply, "approved", view.replies);
    if (comment.replies_cursor) view.element.append(this.#moreReplies(view, comment.replies_cursor));
    list.append(view.element);
    return view;
  }

  async #loadMore(): Promise<void> {
    const turn = this.#turn;
    const last = this.#list.lastElementChild;
    try {
      const page = await this.#ask(this.#cursor);
      if (turn !== this.#turn) return;
      this.#append(page);
      last?.nextElementSibling?.querySelector("article")?.focus({ preventScroll: true });
    } catch {
      this.around.announce(this.around.texts.load_failed);
    }
  }

  #moreReplies(view: CommentView, cursor: string): HTMLButtonElement {
    const { api, url, signal, texts, announce } = this.around;
    const more = button(texts.more_replies, async () => {
      try {
        const page = await api.thread(url, "oldest", signal, cursor, view.comment.id);
        for (const reply of page.comments) this.#place(reply, "approved", view.replies);
        if (page.next_cursor) more.before(this.#moreReplies(view, page.next_cursor));
        more.remove();
      } catch {
        announce(texts.load_failed);
      }
    });
    return more;
  }

  #resort(order: Sort): void {
    this.#order = order;
    void this.start();
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
    if (open) return;
    this.#acts.reply = null;
    this.#home.replaceChildren(h("p", { class: "muted", part: "closed" }, this.around.texts.closed));
  }

  #setCount(count: number): void {
    const { texts, lang } = this.around;
    this.#count = count;
    this.#heading.textContent = count ? plural(count, texts.count, lang) : texts.title;
    this.#say(count || !this.#acts.reply ? "" : texts.empty);
    this.#sort.show(count);
  }

  /** Moves the form under a comment, or back to its place above the list. */
  #answer(view: CommentView | null, focus = true): void {
    this.#form.answer(view && { id: view.comment.id, name: view.name });
    if (view) view.element.insertBefore(this.#form.element, view.replies);
    else if (this.#acts.reply) this.#home.replaceChildren(this.#form.element);
    if (focus) this.#form.focus();
  }

  #arrived(posted: Posted): void {
    this.#answer(null, false);
    this.#own.arrived(posted);
  }
}
