/** What any reader may do with a published comment: vote, reply, report. */
import type { CommentView } from "./comment_view";
import { button, h } from "./element";
import { panelForm } from "./panel_form";

const REASONS = ["spam", "abuse", "off_topic", "illegal", "other"] as const;

export function readerControls(view: CommentView): Node[] {
  const { texts } = view.around;
  const { reply } = view.acts;
  const report = button(texts.report, () => view.open(reportForm(view, report)), { class: "quiet" });
  const replying = reply ? [button(texts.reply, () => reply(view), { class: "quiet" })] : [];
  return [votes(view), ...replying, report];
}

function votes(view: CommentView): HTMLElement {
  const { texts, device } = view.around;
  const mine = device.vote(view.comment.id);
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
        click: () => void castVote(view, box, value, mine === value ? 0 : value),
      },
      h("span", { "aria-hidden": "true" }, value > 0 ? "▲ " : "▼ "),
      h("span", { class: "unseen" }, `${label} `),
      String(count),
    );
  box.append(arrow(texts.up, up, 1), arrow(texts.down, down, -1));
  return box;
}

/** Shows the vote at once and takes it back if the service did not take it. */
async function castVote(view: CommentView, box: HTMLElement, pressed: number, value: number): Promise<void> {
  const { api, device, texts, announce } = view.around;
  const { id } = view.comment;
  const before = device.vote(id);
  count(view, before, value);
  const voter = device.keepVote(id, value);
  const fresh = votes(view);
  box.replaceWith(fresh);
  fresh.querySelectorAll("button")[pressed > 0 ? 0 : 1]?.focus();
  try {
    await api.vote(id, value, voter);
  } catch {
    count(view, value, before);
    device.keepVote(id, before);
    fresh.replaceWith(votes(view));
    announce(texts.failed);
  }
}

function count({ comment }: CommentView, from: number, to: number): void {
  const { up, down } = comment.votes;
  comment.votes = { up: up + Number(to > 0) - Number(from > 0), down: down + Number(to < 0) - Number(from < 0) };
}

function reportForm(view: CommentView, opener: HTMLElement): HTMLFormElement {
  const { texts, api, announce } = view.around;
  const options = REASONS.map((reason) => h("option", { value: reason }, texts[`report_${reason}`]));
  const select = h("select", { id: "report-reason", part: "input" }, ...options);
  const note = h("textarea", { id: "report-note", rows: 2, part: "input", dir: "auto" });
  const content = [
    h("label", { for: select.id }, texts.report_why),
    select,
    h("label", { for: note.id }, texts.report_note),
    note,
  ];
  const close = (): void => {
    view.open(null);
    opener.focus();
  };
  return panelForm(view.around, texts.report, content, close, async () => {
    await api.report(view.comment.id, select.value, note.value.trim());
    close();
    announce(texts.report_thanks);
    opener.replaceWith(h("span", { class: "muted" }, texts.report_thanks));
  });
}
