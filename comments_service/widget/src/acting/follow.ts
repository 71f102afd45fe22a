/** Following a thread: by mail, after a confirmation, or by its feed. */
import { h } from "../element";
import { act } from "../texts/en.json";
import type { ThreadView } from "../thread_view";
import { disclose, labelled, panelForm } from "./panel_form";
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
  const email = h("input", { id: "follow-email", type: "email", autocomplete: "email", required: true, part: "input", dir: "auto" });
  const content = [h("p", { class: "note" }, texts.follow_intro), ...labelled(around.texts.field_email, email)];
  const form = panelForm(around, texts.follow_send, content, close, async () => {
    if (!email.value.includes("@")) return email.focus();
    await follow(around.api, around.url, email.value.trim(), around.lang);
    around.announce(texts.follow_received);
    form.replaceWith(h("p", { class: "muted", part: "thanks" }, texts.follow_received));
  });
  return form;
}
