/** Reporting a comment to the moderators: a reason and a few words, or for illegal content the full notice. */
import type { CommentView } from "../comment_view";
import { h } from "../element";
import { tell } from "../events";
import { act } from "../texts/en.json";
import { NoticeFields } from "./notice";
import { labelled, panelForm } from "./panel_form";
import { report } from "./requests";

const REASONS = ["spam", "abuse", "off_topic", "illegal", "other"] as const;

/** The sentence that thanks for the notice; "" where something of it is to be mended first. */
async function noticed(notice: NoticeFields): Promise<string> {
  if (!notice.check()) return "";
  try {
    return await notice.send();
  } catch (error) {
    if (notice.explain(error)) return "";
    throw error;
  }
}

async function reported(view: CommentView, reason: string, note: string): Promise<string> {
  await report(view.around.api, view.comment.id, reason, note);
  return view.around.words("act", act).report_thanks;
}

export function reportForm(view: CommentView, opener: HTMLElement): HTMLFormElement {
  const texts = view.around.words("act", act);
  const options = REASONS.map((reason) => h("option", { value: reason }, texts[`report_${reason}`]));
  const select = h("select", { id: "report-reason", part: "input" }, ...options);
  const note = h("textarea", { id: "report-note", rows: 2, part: "input", dir: "auto" });
  const notice = new NoticeFields(view, texts);
  const plain = h("div", { class: "panel-part" }, ...labelled(texts.report_note, note));
  const content = [...labelled(texts.report_why, select), plain, notice.element];
  const close = (): void => {
    view.open(null);
    opener.focus();
  };
  const form = panelForm(view.around, texts.report, content, close, async () => {
    const thanks = select.value === "illegal" ? await noticed(notice) : await reported(view, select.value, note.value.trim());
    if (!thanks) return;
    tell(view.around.host, "comment:reported", { id: view.comment.id, reason: select.value });
    view.around.announce(thanks);
    view.open(h("p", { class: "panel muted", part: "thanks", tabindex: -1 }, thanks));
    opener.focus();
  });
  const send = form.querySelector<HTMLElement>("[type=submit]")!;
  select.addEventListener("change", () => {
    const illegal = select.value === "illegal";
    notice.element.hidden = !illegal;
    plain.hidden = illegal;
    send.textContent = illegal ? texts.notice_send : texts.report;
  });
  return form;
}
