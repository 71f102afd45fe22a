/** The two arrows below a comment, with their numbers. What a press does is in the chunk `acting`. */
import type { CommentView } from "./comment_view";
import { h } from "./element";

export function votes(view: CommentView): HTMLElement {
  const { texts, device, chunks } = view.around;
  const mine = device.memory.votes[view.comment.id] ?? 0;
  const { up, down } = view.comment.votes;
  const box = h("span", { class: "votes", part: "votes", role: "group" });
  const arrow = (label: string, count: number, value: number): HTMLButtonElement =>
    h(
      "button",
      {
        type: "button",
        class: "quiet",
        part: "button",
        "aria-pressed": String(mine === value),
        title: label,
        click: () => chunks.acting((acting) => acting.castVote(view, box, value)),
      },
      h("span", { "aria-hidden": "true" }, value > 0 ? "▲ " : "▼ "),
      h("span", { class: "unseen" }, `${label} `),
      String(count),
    );
  box.append(arrow(texts.up, up, 1), arrow(texts.down, down, -1));
  return box;
}
