/** The chunk `acting`: what readers do with a comment that stands: vote, report, share, hide, follow; edit and delete one's own. */
import type { CommentView } from "../comment_view";
import type { OwnRecord } from "../device";
import css from "../styles/acting.css";
import type { ThreadView } from "../thread_view";
import { ActionList } from "./action_list";
import { followPanel } from "./follow";
import { watch } from "./newer";
import { ownerControls } from "./owner_controls";
import { disclose } from "./panel_form";
import { vote } from "./vote";

export interface Acting {
  openActions(view: CommentView, toggle: HTMLElement): void;
  showOwnerControls(view: CommentView, record: OwnRecord, footer: HTMLElement): void;
  castVote(view: CommentView, box: HTMLElement, pressed: number): void;
  openFollow(thread: ThreadView, toggle: HTMLElement): void;
  watchNewer(thread: ThreadView): void;
}

/** Opens or closes the list of further actions of a comment. */
export function openActions(view: CommentView, toggle: HTMLElement): void {
  view.around.dress(css);
  disclose(toggle, () => new ActionList(view, toggle).element);
}

export function showOwnerControls(view: CommentView, record: OwnRecord, footer: HTMLElement): void {
  view.around.dress(css);
  footer.append(...ownerControls(view, record));
}

export function castVote(view: CommentView, box: HTMLElement, pressed: number): void {
  void vote(view, box, pressed);
}

export function openFollow(thread: ThreadView, toggle: HTMLElement): void {
  thread.around.dress(css);
  disclose(toggle, () => followPanel(thread, toggle));
}

export function watchNewer(thread: ThreadView): void {
  thread.around.dress(css);
  void watch(thread);
}
