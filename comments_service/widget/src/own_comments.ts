/** The reader's own comments: just posted, waiting, decided, changed, deleted; also those from before a reload. */
import type { CommentView } from "./comment_view";
import type { OwnRecord } from "./device";
import { tell } from "./events";
import type { Comment, OwnView, Posted, Status } from "./model";
import { Problem } from "./problem";
import { reviewOf } from "./review_watch";
import type { Surroundings } from "./surroundings";

/** The thread they stand in. */
export interface Place {
  find(id: string): CommentView | undefined;
  insert(comment: Comment, status: Status): CommentView;
  drop(view: CommentView): void;
  addToCount(change: number): void;
}

export class OwnComments {
  readonly #watched = new Set<string>();

  constructor(
    private readonly around: Surroundings,
    private readonly thread: Place,
  ) {}

  arrived(posted: Posted): void {
    const { device, texts, host, url, announce } = this.around;
    const { id, status, comment, edit_token, editable_until } = posted;
    const record: OwnRecord = { id, token: edit_token, url, until: Date.parse(editable_until ?? "") || 0 };
    device.keep(record);
    this.thread.insert(comment, status).focus();
    tell(host, "comment:posted", { id, status, comment });
    if (status === "approved") return this.#published(comment);
    announce(texts.received);
    void this.#watch(record);
  }

  /** Shows comments of this browser that nobody else sees yet, or that were refused while the reader was away. */
  async restore(): Promise<void> {
    const { api, device, signal, url } = this.around;
    for (const record of device.own(url)) {
      if (this.thread.find(record.id)) continue;
      try {
        const own = await api.own(record.id, record.token, signal);
        if (own.status === "deleted" || (own.status === "approved" && record.until < Date.now())) device.forget(own.id);
        else if (own.status !== "approved") this.#show(own, record);
      } catch (error) {
        if (error instanceof Problem && error.status === 404) device.forget(record.id);
      }
    }
  }

  /** After an edit: the comment may wait again, and then does not count as published. */
  changed(view: CommentView, own: OwnView): void {
    const { device, texts, announce } = this.around;
    const record = device.find(view.comment.id);
    const wasPublished = view.status === "approved";
    view.show(own.comment, own.status, own.reason ?? "");
    view.focus();
    if (own.status !== "pending") return;
    if (wasPublished) this.thread.addToCount(-1);
    announce(texts.received);
    if (record) void this.#watch(record);
  }

  /** The author deleted the comment, or has read why it was refused. */
  removed(view: CommentView): void {
    const { device, texts, announce } = this.around;
    const { status } = view;
    device.forget(view.comment.id);
    if (status === "approved" || status === "pending") announce(texts.removed);
    this.thread.drop(view);
    if (status === "approved") this.thread.addToCount(-1);
  }

  #show({ comment, status, reason }: OwnView, record: OwnRecord): void {
    this.thread.insert(comment, status).show(comment, status, reason ?? "");
    if (status === "pending") void this.#watch(record);
  }

  async #watch(record: OwnRecord): Promise<void> {
    if (this.#watched.has(record.id)) return;
    this.#watched.add(record.id);
    const own = await reviewOf(this.around.api, record, this.around.signal);
    this.#watched.delete(record.id);
    if (own) this.#decided(own);
  }

  #decided({ id, status, comment, reason }: OwnView): void {
    const { device, texts, announce } = this.around;
    const view = this.thread.find(id);
    if (status === "deleted") device.forget(id);
    if (!view) return;
    if (status === "deleted") return this.thread.drop(view);
    view.show(comment, status, reason ?? "");
    if (status === "approved") this.#published(comment);
    else announce([texts.refused, reason].join(" "));
  }

  #published(comment: Comment): void {
    const { host, texts, announce } = this.around;
    this.thread.addToCount(1);
    announce(texts.published);
    tell(host, "comment:published", { id: comment.id, comment });
  }
}
