/** A vote: shown at once, and taken back if the service did not take it. */
import type { CommentView } from "../comment_view";
import type { Memory } from "../device";
import { tell } from "../events";
import { votes } from "../votes";
import { randomKey } from "../writing/random";
import * as requests from "./requests";

export async function vote(view: CommentView, box: HTMLElement, pressed: number): Promise<void> {
  const { api, device, host, texts, announce } = view.around;
  const { id } = view.comment;
  const before = device.memory.votes[id] ?? 0;
  const value = before === pressed ? 0 : pressed;
  count(view, before, value);
  device.change((memory) => {
    memory.voter ||= randomKey();
    memory.votes = voted(memory.votes, id, value);
  });
  const fresh = renewed(view, box);
  try {
    await requests.vote(api, id, value, device.memory.voter);
    tell(host, "comment:voted", { id, value });
  } catch {
    count(view, value, before);
    device.change((memory) => (memory.votes = voted(memory.votes, id, before)));
    renewed(view, fresh);
    announce(texts.failed);
  }
}

/** Of a vote that was taken back nothing stays. */
function voted(votes: Memory["votes"], id: string, value: number): Memory["votes"] {
  const { [id]: _, ...others } = votes;
  return value ? { ...others, [id]: value } : others;
}

/** Draws the arrows again, with the focus where it was. */
function renewed(view: CommentView, box: HTMLElement): HTMLElement {
  const focused = [...box.children].findIndex((arrow) => arrow.matches(":focus"));
  const fresh = votes(view);
  box.replaceWith(fresh);
  (fresh.children[focused] as HTMLElement | undefined)?.focus();
  return fresh;
}

function count({ comment }: CommentView, from: number, to: number): void {
  const { up, down } = comment.votes;
  comment.votes = { up: up + Number(to > 0) - Number(from > 0), down: down + Number(to < 0) - Number(from < 0) };
}
