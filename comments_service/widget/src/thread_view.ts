/** The thread on the page: heading, sort, form, list, paging, and the reader's own comments that still wait. */
import { CommentForm } from "./comment_form";
import { CommentView, type ThreadActs } from "./comment_view";
import type { OwnRecord } from "./device";
import { button, h } from "./element";
import { tell } from "./events";
import { plural } from "./languages";
import type { Comment, OwnView, Posted, Sort, Status, ThreadPage } from "./model";
import { refreshTimes } from "./moments";
import { reviewOf } from "./review_watch";
import { sortSelect } from "./sort_select";
import type { Surroundings } from "./surroundings";

export class ThreadView {
  readonly element: HTMLElement;
  readonly #views = new Map<string, CommentView>();
  readonly #watched = new Set<string>();
  readonly #heading = h("h2", { part: "title", id: "heading" });
  readonly #list = h("ol", { part: "list", class: "list", "aria-labelledby": "heading" });
  readonly #notice = h("p", { class: "muted", part: "notice" });
  readonly #more: HTMLButtonElement;
  readonly #home = h("div");
  readonly #form: CommentForm;
  readonly #sort: { element: HTMLElement; show(count: number): void };
  readonly #acts: ThreadActs;
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
      changed: (view, own) => this.#changed(view, own),
      removed: (view) => this.#remove(view),
    };
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
    void this.#restoreOwn();
    this.#views.get(location.hash.replace(/^#comment-/, ""))?.focus();
  }

  #append(page: ThreadPage): void {
    const batch = document.createDocumentFragment();
    for (const comment of page.comments) this.#place(comment, "approved", batch);
    this.#list.append(batch);
    this.#cursor = page.next_cursor ?? "";
    this.#more.hidden = !this.#cursor;
  }

  /** Puts a comment with its replies at the end of `list`, or renews it where it stands already. */
  #place(comment: Comment, status: Status, list: ParentNode): CommentView {
    const known = this.#views.get(comment.id);
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

  #listOf(parent: string | null): ParentNode {
    return this.#views.get(parent ?? "")?.replies ?? this.#list;
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
    const { device, texts, host, url, announce } = this.around;
    const until = Date.parse(posted.editable_until ?? "") || 0;
    const record: OwnRecord = { id: posted.id, token: posted.edit_token, url, until };
    device.keep(record);
    this.#answer(null, false);
    const { parent_id } = posted.comment;
    const view = this.#place(posted.comment, posted.status, this.#listOf(parent_id));
    if (!parent_id && this.#order === "newest") this.#list.prepend(view.element);
    this.#say("");
    view.focus();
    tell(host, "comment:posted", { id: posted.id, status: posted.status, comment: posted.comment });
    if (posted.status === "approved") return this.#published(posted.comment);
    announce(texts.received);
    void this.#watch(record);
  }

  /** Comments of this browser that nobody else sees yet, or that were refused while the reader was away. */
  async #restoreOwn(): Promise<void> {
    const { api, device, signal, url } = this.around;
    for (const record of device.own(url)) {
      if (this.#views.has(record.id)) continue;
      const own = await api.own(record.id, record.token, signal).catch(() => null);
      if (signal.aborted) return;
      if (!own || own.status === "approved") continue;
      if (own.status === "deleted") device.forget(record.id);
      else this.#showOwn(own, record);
    }
  }

  #showOwn(own: OwnView, record: OwnRecord): void {
    const { comment, status, reason } = own;
    this.#place(comment, status, this.#listOf(comment.parent_id)).show(comment, status, reason ?? "");
    this.#say("");
    if (own.status === "pending") void this.#watch(record);
  }

  async #watch(record: OwnRecord): Promise<void> {
    if (this.#watched.has(record.id)) return;
    this.#watched.add(record.id);
    const own = await reviewOf(this.around.api, record, this.around.signal);
    this.#watched.delete(record.id);
    if (own) this.#decided(own);
  }

  #decided(own: OwnView): void {
    const { device, texts, announce } = this.around;
    const view = this.#views.get(own.id);
    if (own.status === "deleted") device.forget(own.id);
    if (!view) return;
    if (own.status === "deleted") return this.#drop(view);
    view.show(own.comment, own.status, own.reason ?? "");
    if (own.status === "approved") this.#published(view.comment);
    else announce([texts.refused, own.reason ?? ""].join(" ").trim());
  }

  #published(comment: Comment): void {
    const { host, texts, announce } = this.around;
    this.#setCount(this.#count + 1);
    announce(texts.published);
    tell(host, "comment:published", { id: comment.id, comment });
  }

  /** After an edit: the comment may wait again, and then does not count as published. */
  #changed(view: CommentView, own: OwnView): void {
    const { device, texts, announce } = this.around;
    const record = device.find(view.comment.id);
    const wasPublished = view.status === "approved";
    view.show(own.comment, own.status, own.reason ?? "");
    view.focus();
    if (own.status !== "pending") return;
    if (wasPublished) this.#setCount(this.#count - 1);
    announce(texts.received);
    if (record) void this.#watch(record);
  }

  /** The author deleted the comment, or has read why it was refused. */
  #remove(view: CommentView): void {
    const { device, texts, announce } = this.around;
    device.forget(view.comment.id);
    const wasPublished = view.status === "approved";
    if (view.status === "approved" || view.status === "pending") announce(texts.removed);
    this.#drop(view);
    if (wasPublished) this.#setCount(this.#count - 1);
  }

  #drop(view: CommentView): void {
    if (view.element.contains(this.#form.element)) this.#answer(null, false);
    if (view.replies.childElementCount) return view.showRemoved();
    this.#views.delete(view.comment.id);
    view.element.remove();
  }
}
