/** Registers the elements. The only thing here that changes the page's global state, and only when called. */
import { CommentCount } from "./comment_count";
import { CommentSection } from "./comment_section";

/** `base` is the service's address, as in "https://comments.example/". A second call, or a second script, does nothing. */
export function defineElements(base: string): void {
  if (customElements.get("comment-section")) return;
  CommentSection.base = new URL("./", base).href;
  customElements.define("comment-section", CommentSection);
  customElements.define("comment-count", CommentCount);
}
