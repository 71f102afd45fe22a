/** The chunk `writing`: the form's behaviour, and the reader's own comments on their way to being published. */
import css from "../styles/writing.css";
import type { ThreadView } from "../thread_view";
import { Form } from "./form";
import { OwnComments } from "./own_comments";

export type { Form, OwnComments };

export function openForm(thread: ThreadView): Form {
  thread.around.dress(css);
  return new Form(thread);
}

export function ownComments(thread: ThreadView): OwnComments {
  thread.around.dress(css);
  return new OwnComments(thread);
}

export interface Writing {
  openForm(thread: ThreadView): Form;
  ownComments(thread: ThreadView): OwnComments;
}
