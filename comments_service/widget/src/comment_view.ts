/** One comment on the page, with its replies below and a place for whatever its buttons open. */
import { avatar } from "./avatar";
import { button, fill, h } from "./element";
import { plural } from "./languages";
import type { Comment, Status } from "./model";
import { timeElement } from "./moments";
import { webAddress } from "./safe_html";
import type { Surroundings } from "./surroundings";
import type { ThreadView } from "./thread_view";
import { votes } from "./votes";

export class CommentView {
  readonly around: Surroundings;
  readonly element: HTMLLIElement;
  readonly article: HTMLElement;
  readonly replies: HTMLOListElement;
  /** Where further replies are put: the replies, or their unfolded rest. */
  tail: HTMLOListElement;
  readonly #panel = h("div");
  #status: Status = "approved";

  constructor(
    readonly thread: ThreadView,
    public comment: Comment,
    status: Status,
  ) {
    const { id } = comment;
    this.around = thread.around;
    this.article = h("article", { id: `comment-${id}`, part: "comment", tabindex: -1, "aria-labelledby": `author-${id}` });
    this.replies = this.tail = this.#list();
    this.element = h("li", {}, this.article, this.#panel, this.replies);
    this.show(comment, status);
  }

  get name(): string {
    return this.comment.author.name || this.around.texts.anonymous;
  }

  get status(): Status {
    return this.#status;
  }

  show(comment: Comment, status: Status, ...more: Node[]): void {
    this.comment = comment;
    this.#status = status;
    this.article.classList.toggle("waiting", status === "pending");
    if (comment.removed) return this.showRemoved();
    if (status === "approved" && this.around.device.memory.hidden.includes(this.name)) return this.#showHidden();
    const shown = [this.#head(), this.#body(), ...more];
    if (status === "approved" || status === "pending") shown.push(this.#actions());
    this.article.replaceChildren(...shown);
  }

  /** A neutral stub, so that the replies keep their place. */
  showRemoved(...more: Node[]): void {
    this.#status = "deleted";
    this.article.replaceChildren(h("p", { class: "muted", id: `author-${this.comment.id}` }, this.around.texts.removed), ...more);
    this.open(null);
  }

  /** Shows one thing below the comment (a report, an edit) in the place of what was open there before. */
  open(panel: HTMLElement | null): void {
    this.#panel.replaceChildren(...(panel ? [panel] : []));
    panel?.querySelector<HTMLElement>("input, select, textarea, button")?.focus();
  }

  /** Replies beyond the first few, drawn when they are asked for. */
  fold(rest: Comment[]): HTMLButtonElement {
    const { texts, lang } = this.around;
    const list = this.#list();
    list.hidden = true;
    const closed = plural(rest.length, texts.show_replies, lang);
    const toggle = button(closed, () => {
      if (!list.childElementCount) this.thread.place(rest, list);
      list.hidden = !list.hidden;
      this.tail = list.hidden ? this.replies : list;
      toggle.textContent = list.hidden ? closed : texts.hide_replies;
      toggle.setAttribute("aria-expanded", String(!list.hidden));
    });
    toggle.className = "fold";
    toggle.setAttribute("aria-expanded", "false");
    this.element.append(toggle, list);
    return toggle;
  }

  focus(): void {
    this.article.focus({ preventScroll: true });
    this.article.scrollIntoView({ block: "nearest" });
  }

  /** Where a link to this comment has led. */
  mark(): void {
    this.article.classList.add("marked");
    this.article.focus({ preventScroll: true });
    this.article.scrollIntoView({ block: "center" });
  }

  #list(): HTMLOListElement {
    return h("ol", { part: "replies", "aria-label": fill(this.around.texts.replies, { name: this.name }) });
  }

  get link(): string {
    return `${this.around.url}#comment-${this.comment.id}`;
  }

  #head(): HTMLElement {
    const { texts, lang } = this.around;
    const { author, created_at, edited_at } = this.comment;
    return h(
      "header",
      {},
      avatar(author.avatar),
      this.#author(),
      author.badge && h("span", { class: "badge", part: "badge" }, author.badge),
      this.#answered(),
      h("a", { class: "muted", href: this.link, part: "permalink" }, timeElement(created_at, lang)),
      edited_at && h("span", { class: "muted" }, `(${texts.edited})`),
      this.#status === "pending" && h("strong", { class: "mark", part: "waiting" }, texts.waiting),
    );
  }

  #author(): HTMLElement {
    const website = webAddress(this.comment.author.website);
    const name = h("bdi", { id: `author-${this.comment.id}`, part: "author" }, this.name);
    return website ? h("a", { href: website, rel: "nofollow ugc noopener noreferrer" }, name) : name;
  }

  /** Only where the tree is flattened: elsewhere the place says it. */
  #answered(): Node | null {
    const { texts, url } = this.around;
    const to = this.comment.in_reply_to;
    if (!to?.name) return null;
    const [before, after] = texts.in_reply_to.split("{name}");
    // The page may have another address than the article: then too the reader stays on it.
    const stay = (event: Event): void => {
      event.preventDefault();
      location.hash = link.hash;
    };
    const link = h("a", { href: `${url}#comment-${to.id}`, click: stay }, h("bdi", { class: "to" }, to.name));
    return h("span", { class: "muted", part: "in-reply-to" }, before, link, after);
  }

  #body(): HTMLElement {
    const body = h("div", { class: "content", part: "body", dir: "auto" });
    body.append(this.around.html(this.comment.html ?? ""));
    return body;
  }

  #actions(): HTMLElement {
    const footer = h("footer", { part: "actions" });
    const { texts, chunks, device } = this.around;
    if (this.#status === "approved") {
      footer.append(votes(this));
      if (this.thread.open) footer.append(button(texts.reply, () => void this.thread.answer(this), { class: "quiet" }));
      const more = button("⋯", () => chunks.acting((acting) => acting.openActions(this, more)), {
        class: "quiet",
        part: "button actions-toggle",
        "aria-label": texts.actions,
        "aria-expanded": "false",
        title: texts.actions,
      });
      footer.append(more);
    }
    const record = device.find(this.comment.id);
    if (record && record.until > Date.now()) {
      chunks.acting((acting) => acting.showOwnerControls(this, record, footer), true);
    }
    return footer;
  }

  #showHidden(): void {
    const { texts, device } = this.around;
    const again = button(
      texts.unhide,
      () => {
        device.change((memory) => (memory.hidden = memory.hidden.filter((name) => name !== this.name)));
        this.thread.redraw(this.name);
        this.article.focus();
      },
      { class: "quiet" },
    );
    this.article.replaceChildren(h("p", { class: "muted", id: `author-${this.comment.id}` }, texts.hidden, " ", again));
  }
}
