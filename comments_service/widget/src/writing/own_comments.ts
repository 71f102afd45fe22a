/** The reader's own comments: just posted, waiting, decided, changed, deleted; also those from before a reload. */
import type { CommentView } from "../comment_view";
import type { OwnRecord } from "../device";
import { button, h } from "../element";
import { tell } from "../events";
import type { Comment, OwnView, Posted } from "../model";
import { refusal } from "../problem";
import type { Surroundings } from "../surroundings";
import { write } from "../texts/en.json";
import type { ThreadView } from "../thread_view";
import { ownView } from "./requests";
import { reviewOf } from "./review_watch";

export class OwnComments {
  readonly #watched = new Set<string>();
  readonly #around: Surroundings;
  readonly #texts: typeof write;

  constructor(private readonly thread: ThreadView) {
    this.#around = thread.around;
    this.#texts = thread.around.words("write", write);
  }

  arrived(posted: Posted): void {
    const { device, host, url, announce } = this.#around;
    const { id, status, comment, edit_token, editable_until } = posted;
    const record: OwnRecord = { id, token: edit_token, url, until: Date.parse(editable_until ?? "") || 0 };
    device.keep(record);
    this.thread.insert(comment, status).focus();
    tell(host, "comment:posted", { id, status, comment });
    if (status === "approved") return this.#published(comment);
    announce(this.#texts.received);
    void this.#watch(record);
  }

  /** Asks for comments of this browser that nobody else sees yet, or that were refused meanwhile; gives what shows them. */
  async restore(): Promise<() => void> {
    const { device, url } = this.#around;
    const found = await Promise.all(device.own(url).map((record) => this.#ask(record)));
    return () => {
      for (const [own, record] of found.filter((pair) => pair !== null)) {
        if (!this.thread.has(own.id)) this.#showOwn(own, record);
      }
    };
  }

  async #ask(record: OwnRecord): Promise<[OwnView, OwnRecord] | null> {
    const { api, device, signal } = this.#around;
    try {
      const own = await ownView(api, record.id, record.token, signal);
      if (own.status === "deleted" || (own.status === "approved" && record.until < Date.now())) device.forget(own.id);
      else if (own.status !== "approved") return [own, record];
    } catch (error) {
      if (refusal(error)?.status === 404) device.forget(record.id);
    }
    return null;
  }

  /** After an edit, or an undone deletion: the comment may wait again, and then does not count as published. */
  changed(view: CommentView, own: OwnView): void {
    const { device, host, announce } = this.#around;
    const record = device.find(view.comment.id);
    const wasPublished = view.status === "approved";
    this.#draw(view, own);
    view.focus();
    tell(host, "comment:edited", { id: own.id, status: own.status, comment: own.comment });
    if (own.status !== "pending") return;
    if (wasPublished) this.thread.addToCount(-1);
    announce(this.#texts.received);
    if (record) void this.#watch(record);
  }

  #showOwn(own: OwnView, record: OwnRecord): void {
    this.#draw(this.thread.insert(own.comment, own.status), own);
    if (own.status === "pending") void this.#watch(record);
  }

  #draw(view: CommentView, own: OwnView): void {
    const refused = own.status === "rejected" || own.status === "spam";
    view.show(own.comment, own.status, ...(refused ? [this.#refusal(view, own)] : []));
  }

  #refusal(view: CommentView, { status, status_url }: OwnView): HTMLElement {
    const why = status === "spam" ? this.#texts.refused_spam : this.#texts.refused_rules;
    const href = `${status_url}&lang=${encodeURIComponent(this.#around.lang)}`;
    const more = status_url && h("p", {}, h("a", { href, target: "_blank", rel: "noreferrer" }, this.#texts.refused_more));
    const dismiss = button(this.#texts.dismiss, () => {
      this.#around.device.forget(view.comment.id);
      this.thread.drop(view);
    });
    return h("div", { class: "alert", part: "error" }, h("p", {}, `${this.#texts.refused} ${why}`), more, dismiss);
  }

  async #watch(record: OwnRecord): Promise<void> {
    if (this.#watched.has(record.id)) return;
    this.#watched.add(record.id);
    const own = await reviewOf(this.#around.api, record, this.#around.signal);
    this.#watched.delete(record.id);
    if (own) this.#decided(own);
  }

  #decided(own: OwnView): void {
    const { device, announce } = this.#around;
    const view = this.thread.find(own.id);
    if (own.status === "deleted") device.forget(own.id);
    if (!view || view.status === "deleted") return;
    if (own.status === "deleted") return this.thread.drop(view);
    this.#draw(view, own);
    if (own.status === "approved") this.#published(own.comment);
    else announce(`${this.#texts.refused} ${own.status === "spam" ? this.#texts.refused_spam : this.#texts.refused_rules}`);
  }

  #published(comment: Comment): void {
    const { host, announce } = this.#around;
    this.thread.addToCount(1);
    announce(this.#texts.published);
    tell(host, "comment:published", { id: comment.id, comment });
  }
}
