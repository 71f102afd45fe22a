/** What the author may do with the own comment while the edit window is open: edit and delete. */
import type { CommentView } from "./comment_view";
import { button, h } from "./element";
import type { OwnRecord } from "./device";
import { panelForm } from "./panel_form";

export function ownerControls(view: CommentView): Node[] {
  const { device, texts } = view.around;
  const record = device.find(view.comment.id);
  if (!record || record.until < Date.now()) return [];
  const edit = button(texts.edit, () => void openEditor(view, record, edit), { class: "quiet" });
  const remove = button(texts.remove, () => view.open(removal(view, record, remove)), { class: "quiet" });
  return [edit, remove];
}

async function openEditor(view: CommentView, record: OwnRecord, opener: HTMLElement): Promise<void> {
  const { api, texts, signal, announce } = view.around;
  try {
    // The page has the comment as HTML only; its author edits what was typed.
    const own = await api.own(record.id, record.token, signal, [["source", "1"]]);
    if (own.source !== undefined) return view.open(editor(view, record, opener, own.source));
  } catch {
    // Told below, like a window that has closed meanwhile.
  }
  announce(texts.failed);
}

function editor(view: CommentView, record: OwnRecord, opener: HTMLElement, text: string): HTMLFormElement {
  const { api, texts } = view.around;
  const area = h("textarea", { id: `edit-${record.id}`, rows: 5, part: "input", dir: "auto" });
  area.value = text;
  const content = [h("label", { for: area.id }, texts.edit_text), area];
  return panelForm(view.around, texts.save, content, closer(view, opener), async () => {
    const own = await api.edit(record.id, record.token, area.value.trim());
    view.open(null);
    view.acts.changed(view, own);
  });
}

function removal(view: CommentView, record: OwnRecord, opener: HTMLElement): HTMLFormElement {
  const { api, texts } = view.around;
  return panelForm(view.around, texts.remove, [h("p", {}, texts.remove_sure)], closer(view, opener), async () => {
    await api.withdraw(record.id, record.token);
    view.acts.removed(view);
  });
}

function closer(view: CommentView, opener: HTMLElement): () => void {
  return () => {
    view.open(null);
    opener.focus();
  };
}
