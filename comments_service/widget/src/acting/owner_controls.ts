/** What the author may do with the own comment while the edit window is open: edit and delete, and undo the deletion. */
import type { CommentView } from "../comment_view";
import type { OwnRecord } from "../device";
import { button, fill, h } from "../element";
import { tell } from "../events";
import { act } from "../texts/en.json";
import { ownView } from "../writing/requests";
import { panelForm } from "./panel_form";
import { edit, restore, withdraw } from "./requests";

export function ownerControls(view: CommentView, record: OwnRecord): Node[] {
  const texts = view.around.words("act", act);
  const editing = button(texts.edit, () => void openEditor(view, record, editing), { class: "quiet" });
  const removing = button(texts.remove, () => view.open(removal(view, record, removing)), { class: "quiet" });
  const left = h("span", { class: "muted", part: "time-left" });
  const controls = [editing, removing, left];
  countDown(view, record.until, left, texts.time_left, controls);
  return controls;
}

/** "4:32 left", once a second; when the time is over the buttons go, unless one of them is in use. */
function countDown(view: CommentView, until: number, left: HTMLElement, text: string, controls: HTMLElement[]): void {
  const tick = (): void => {
    const seconds = Math.round((until - Date.now()) / 1000);
    const time = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    left.textContent = fill(text, { time });
    if (seconds > 0 && left.isConnected) return;
    clearInterval(clock);
    if (seconds <= 0) for (const control of controls) control.remove();
  };
  // The first look is a turn later, when the controls stand in the page.
  const clock = setInterval(tick, 1000);
  view.around.signal.addEventListener("abort", () => clearInterval(clock));
  left.textContent = fill(text, { time: `${Math.ceil((until - Date.now()) / 60_000)}:00` });
  queueMicrotask(tick);
}

async function openEditor(view: CommentView, record: OwnRecord, opener: HTMLElement): Promise<void> {
  const { api, texts, signal, announce } = view.around;
  try {
    // The page has the comment as HTML only; its author edits what was typed.
    const own = await ownView(api, record.id, record.token, signal, true);
    if (own.source !== undefined) return view.open(editor(view, record, opener, own.source));
  } catch {
    // Told below, like a window that has closed meanwhile.
  }
  announce(texts.failed);
}

function editor(view: CommentView, record: OwnRecord, opener: HTMLElement, text: string): HTMLFormElement {
  const texts = view.around.words("act", act);
  const area = h("textarea", { id: `edit-${record.id}`, rows: 5, part: "input", dir: "auto" });
  area.value = text;
  const content = [h("label", { for: area.id }, texts.edit_text), area];
  return panelForm(view.around, texts.save, content, closer(view, opener), async () => {
    const own = await edit(view.around.api, record.id, record.token, area.value.trim());
    view.open(null);
    (await view.thread.own()).changed(view, own);
  });
}

function removal(view: CommentView, record: OwnRecord, opener: HTMLElement): HTMLFormElement {
  const texts = view.around.words("act", act);
  return panelForm(view.around, texts.remove, [h("p", {}, texts.remove_sure)], closer(view, opener), async () => {
    const { status } = view;
    await withdraw(view.around.api, record.id, record.token);
    if (status === "approved") view.thread.addToCount(-1);
    tell(view.around.host, "comment:deleted", { id: record.id });
    showDeleted(view, record);
  });
}

/** In the comment's place, so that the reader sees what happened and can take it back. */
function showDeleted(view: CommentView, record: OwnRecord): void {
  const { api, words, announce, texts: shown } = view.around;
  const texts = words("act", act);
  const undo = button(texts.undo, async () => {
    try {
      const own = await restore(api, record.id, record.token);
      (await view.thread.own()).changed(view, own);
      announce(texts.restored);
    } catch {
      announce(shown.failed);
    }
  });
  view.showRemoved(undo);
  announce(texts.removed_own);
  undo.focus();
}

function closer(view: CommentView, opener: HTMLElement): () => void {
  return () => {
    view.open(null);
    opener.focus();
  };
}
