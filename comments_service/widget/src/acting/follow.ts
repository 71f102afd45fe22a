/** Following a thread: by mail, after a confirmation, or by its feed. */
import { h } from "../element";
import { act, write } from "../texts/en.json";
import type { ThreadView } from "../thread_view";
import { Complaints } from "../writing/complaints";
import { faultIn } from "../writing/faults";
import { disclose, field, panelForm } from "./panel_form";
import { follow } from "./requests";

export function followPanel(thread: ThreadView, toggle: HTMLElement): HTMLElement {
  const { around } = thread;
  const texts = around.words("act", act);
  const close = (): void => disclose(toggle, () => panel);
  const address = new URLSearchParams({ url: around.url });
  const feed = h("p", {}, h("a", { href: `${around.api.root}feed.atom?${address}`, part: "feed" }, texts.follow_feed));
  const panel = h("div", { class: "panel", part: "panel", role: "group", "aria-label": texts.follow_thread });
  if (thread.thread?.follow) panel.append(mailForm(thread, texts, close));
  panel.append(feed);
  return panel;
}

function mailForm({ around }: ThreadView, texts: typeof act, close: () => void): HTMLElement {
  const control = h("input", { type: "email", autocomplete: "email", dir: "auto" });
  const email = field("follow-email", around.texts.field_email, control, true);
  const complaints = new Complaints([email]);
  const content = [h("p", { class: "note" }, texts.follow_intro), email.element];
  const form = panelForm(around, texts.follow_send, content, close, async () => {
    complaints.say(email, faultIn(email, {}, around.words("write", write), around.lang));
    if (complaints.focusFirst()) return;
    await follow(around.api, around.url, control.value.trim(), around.lang);
    const thanks = h("p", { class: "muted", part: "thanks", tabindex: -1 }, texts.follow_received);
    form.replaceWith(thanks);
    thanks.focus();
  });
  return form;
}
