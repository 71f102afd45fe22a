/** One comment on the page, with its replies below and a place for whatever its buttons open. */
import { avatar } from "./avatar";
import { button, fill, h } from "./element";
import type { Comment, OwnView, Status } from "./model";
import { timeElement } from "./moments";
import { ownerControls } from "./owner_controls";
import { readerControls } from "./reader_controls";
import { safeHtml, webAddress } from "./safe_html";
import type { Surroundings } from "./surroundings";

/** What a comment asks of the thread it stands in. */
export interface ThreadActs {
  /** Null where the thread is closed. */
  reply: ((view: CommentView) => void) | null;
  /** The author changed the comment; it is checked again. */
  changed(view: CommentView, own: OwnView): void;
  removed(view: CommentView): void;
}

export class CommentView {
  readonly element: HTMLLIElement;
  readonly article: HTMLElement;
  readonly replies: HTMLOListElement;
  readonly #panel = h("div");
  #status: Status = "approved";

  constructor(
    readonly around: Surroundings,
    readonly acts: ThreadActs,
    public comment: Comment,
    status: Status,
  ) {
    const { id } = comment;
    this.article = h("article", { id: `comment-${id}`, part: "comment", tabindex: -1, "aria-labelledby": `author-${id}` });
    this.replies = h("ol", { part: "replies", "aria-label": fill(around.texts.replies, { name: this.name }) });
    this.element = h("li", {}, this.article, this.#panel, this.replies);
    this.show(comment, status);
  }

  get name(): string {
    return this.comment.author.name || "…";
  }

  get status(): Status {
    return this.#status;
  }

  show(comment: Comment, status: Status, reason = ""): void {
    this.comment = comment;
    this.#status = status;
    this.article.classList.toggle("waiting", status === "pending");
    const shown = [this.#head(), this.#body()];
    if (comment.removed) return this.showRemoved();
    if (status === "approved") shown.push(this.#actions(readerControls(this)));
    else if (status === "pending") shown.push(this.#actions([]));
    else shown.push(this.#refusal(reason));
    this.article.replaceChildren(...shown);
  }

  /** A neutral stub, so that the replies keep their place. */
  showRemoved(): void {
    this.#status = "deleted";
    this.article.replaceChildren(h("p", { class: "muted" }, this.around.texts.removed));
    this.open(null);
  }

  /** Shows one thing below the comment (a report, an edit) in the place of what was open there before. */
  open(panel: HTMLElement | null): void {
    this.#panel.replaceChildren(...(panel ? [panel] : []));
    panel?.querySelector<HTMLElement>("select, textarea, button")?.focus();
  }

  focus(): void {
    this.article.focus({ preventScroll: true });
    this.article.scrollIntoView({ block: "nearest" });
  }

  #head(): HTMLElement {
    const { texts, lang, url } = this.around;
    const { id, author, created_at, edited_at } = this.comment;
    const link = `${url}#comment-${id}`;
    return h(
      "header",
      {},
      avatar(author.avatar),
      this.#author(),
      author.badge && h("span", { class: "badge", part: "badge" }, author.badge),
      h("a", { class: "muted", href: link, part: "permalink" }, timeElement(created_at, lang)),
      edited_at && h("span", { class: "muted" }, `(${texts.edited})`),
      this.#status === "pending" && h("strong", { class: "mark", part: "waiting" }, texts.waiting),
    );
  }

  #author(): HTMLElement {
    const website = webAddress(this.comment.author.website);
    const name = h("bdi", { id: `author-${this.comment.id}`, part: "author" }, this.name);
    return website ? h("a", { href: website, rel: "nofollow ugc noopener noreferrer" }, name) : name;
  }

  #body(): HTMLElement {
    const body = h("div", { class: "content", part: "body", dir: "auto" });
    body.append(safeHtml(this.comment.html ?? ""));
    return body;
  }

  #actions(controls: Node[]): HTMLElement {
    return h("footer", { part: "actions" }, ...controls, ...ownerControls(this));
  }

  #refusal(reason: string): HTMLElement {
    const { texts } = this.around;
    const dismiss = button(texts.dismiss, () => this.acts.removed(this));
    return h("div", { class: "alert", part: "error" }, h("p", {}, [texts.refused, reason].join(" ").trim()), dismiss);
  }
}
