/**
 * A notice of illegal content as Article 16 of the Digital Services Act describes it: why the content is illegal, which
 * content exactly (the comment this stands below), who says so, and that it is said in good faith.
 */
import type { CommentView } from "../comment_view";
import { fill, h } from "../element";
import type { ShellField } from "../form_shell";
import { refusal } from "../problem";
import type { act } from "../texts/en.json";
import { write } from "../texts/en.json";
import { Complaints } from "../writing/complaints";
import { faultIn, inWords } from "../writing/faults";
import { field } from "./panel_form";
import { giveNotice } from "./requests";

/** As the service has them, so that a refusal can name the number in every language. */
const LIMITS = { explanation: 10_000, explanation_min: 10, law: 200, name: 200, email: 254 };

export class NoticeFields {
  readonly element: HTMLElement;
  readonly #why: ShellField;
  readonly #law: ShellField;
  readonly #name: ShellField;
  readonly #email: ShellField;
  readonly #child = h("input", { type: "checkbox", id: "notice-child" });
  readonly #faith: ShellField;
  readonly #complaints: Complaints;
  readonly #words: typeof write;

  constructor(
    private readonly view: CommentView,
    private readonly texts: typeof act,
  ) {
    const { texts: shown, words, device } = view.around;
    const line = (type: string, autocomplete: string): HTMLInputElement => h("input", { type, autocomplete, dir: "auto" });
    this.#words = words("write", write);
    this.#why = field("notice-why", texts.notice_why, h("textarea", { rows: 4, dir: "auto" }), true);
    this.#law = field("notice-law", texts.notice_law, line("text", "off"), false);
    this.#name = field("notice-name", shown.field_name, line("text", "name"), true);
    this.#email = field("notice-email", shown.field_email, line("email", "email"), true);
    this.#faith = ticked("faith", texts.notice_faith, h("input", { type: "checkbox" }));
    this.#name.control.value = String(device.memory.me.name ?? "");
    this.#email.control.value = String(device.memory.me.email ?? "");
    const fields = [this.#why, this.#law, this.#name, this.#email, this.#faith];
    this.#complaints = new Complaints(fields);
    this.#faith.control.addEventListener("change", () => this.#complaints.say(this.#faith, ""));
    this.#child.addEventListener("change", () => this.#askWho(!this.#child.checked));
    const child = h("label", { class: "tick", for: this.#child.id }, this.#child, ` ${texts.notice_child}`);
    this.element = h(
      "div",
      { class: "panel-part", role: "group", "aria-label": texts.notice, hidden: true },
      h("p", { class: "note" }, texts.notice_intro),
      ...[this.#why, this.#law].map(({ element }) => element),
      child,
      ...[this.#name, this.#email, this.#faith].map(({ element }) => element),
    );
  }

  /** Says what is missing; true if nothing is. */
  check(): boolean {
    const { lang } = this.view.around;
    for (const field of [this.#why, this.#name, this.#email]) {
      this.#complaints.say(field, faultIn(field, {}, this.#words, lang));
    }
    const agreed = (this.#faith.control as HTMLInputElement).checked;
    this.#complaints.say(this.#faith, agreed ? "" : this.#words.error_required);
    return !this.#complaints.focusFirst();
  }

  /** Shows what the service refused beside the fields; false if it is about none of them. */
  explain(error: unknown): boolean {
    const fields: { [name: string]: ShellField } = {
      explanation: this.#why,
      law: this.#law,
      name: this.#name,
      email: this.#email,
      good_faith: this.#faith,
    };
    for (const fault of refusal(error)?.errors ?? []) {
      const field = Object.hasOwn(fields, fault.field) && fields[fault.field];
      if (field) this.#complaints.say(field, inWords(fault, LIMITS, this.#words, this.view.around.lang));
    }
    return this.#complaints.focusFirst();
  }

  /** Sends the notice; gives the sentence that thanks for it, with its reference. */
  async send(): Promise<string> {
    const { api, lang } = this.view.around;
    const value = ({ control }: ShellField): string => control.value.trim();
    const { reference } = await giveNotice(api, this.view.comment.id, {
      explanation: value(this.#why),
      ...(value(this.#law) && { law: value(this.#law) }),
      ...(value(this.#name) && { name: value(this.#name) }),
      ...(value(this.#email) && { email: value(this.#email) }),
      ...(this.#child.checked && { child_abuse: true }),
      good_faith: true,
      lang,
    });
    return fill(this.texts.notice_received, { reference });
  }

  #askWho(asked: boolean): void {
    for (const { control, element } of [this.#name, this.#email]) {
      control.required = asked;
      element.querySelector("[aria-hidden]")!.textContent = asked ? " *" : "";
    }
  }
}

function ticked(name: string, label: string, control: HTMLInputElement): ShellField {
  control.id = `notice-${name}`;
  control.required = true;
  const text = h("span", {}, label, h("span", { "aria-hidden": "true" }, " *"));
  const words = h("label", { class: "tick", for: control.id }, control, text);
  return { name, control, element: h("div", { class: "field" }, words) };
}
