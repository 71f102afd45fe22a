/** The form: one for the whole widget, which moves under the comment that is answered and so never loses its text. */
import { button, fill, h } from "./element";
import { Field } from "./field";
import type { Draft, FieldError, Posted } from "./model";
import { isPassing, Problem } from "./problem";
import { Submission, type Stage } from "./submission";
import type { Surroundings } from "./surroundings";

/** The comment that is being answered. */
export interface Answered {
  id: string;
  name: string;
}

export class CommentForm {
  readonly element: HTMLFormElement;
  readonly #fields: Field[];
  readonly #trap = h("input", { name: "subject", tabindex: -1, autocomplete: "off" });
  readonly #heading = h("h3", { id: "form-heading", part: "form-heading" });
  readonly #alert = h("p", { role: "alert", class: "alert", part: "error" });
  readonly #stage = h("p", { role: "status", class: "stage", part: "status" });
  readonly #send = h("button", { type: "submit", class: "send", part: "button send" });
  readonly #cancel: HTMLButtonElement;
  readonly #submission: Submission;
  #answered: Answered | null = null;
  #busy = false;
  #limits: { [field: string]: number } = {};

  constructor(
    private readonly around: Surroundings,
    private readonly arrived: (posted: Posted) => void,
    cancelled: () => void,
  ) {
    const { texts, api, url } = around;
    this.#submission = new Submission(api, url);
    this.#fields = formFields(texts);
    this.#cancel = button(texts.cancel, cancelled);
    this.element = h(
      "form",
      { part: "form", novalidate: true, "aria-labelledby": "form-heading", submit: (event) => this.#submit(event) },
      this.#heading,
      h("p", { class: "note", part: "note" }, texts.note),
      this.#alert,
      h("div", { class: "fields" }, ...this.#fields.map((field) => field.element)),
      h("div", { class: "trap", "aria-hidden": "true" }, this.#trap),
      h("div", { class: "row" }, this.#send, this.#cancel, this.#stage),
    );
    this.element.addEventListener("focusin", () => void this.#prepare());
    this.element.addEventListener("keydown", (event) => this.#shortcut(event));
    this.answer(null);
    this.#settle();
  }

  /** Turns the form into an answer to a comment, or with null back into one for the article. The text stays. */
  answer(answered: Answered | null): void {
    const { texts } = this.around;
    this.#answered = answered;
    this.#cancel.hidden = !answered;
    this.#heading.textContent = answered ? fill(texts.reply_to, { name: answered.name }) : texts.write;
  }

  focus(): void {
    this.#fields[0]!.control.focus();
  }

  /** Fetches what the site asks of a form. Until it is known, the form asks for what most sites ask. */
  async #prepare(): Promise<void> {
    const info = await this.#submission.prepare();
    this.#limits = info?.limits ?? {};
    for (const field of this.#fields) if (info?.required) field.require(info.required.includes(field.name));
  }

  #shortcut(event: KeyboardEvent): void {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.element.requestSubmit();
  }

  #submit(event: Event): void {
    event.preventDefault();
    if (this.#busy) return;
    this.#alert.textContent = "";
    for (const field of this.#fields) field.complain(this.#fault(field));
    if (!this.#focusWrong()) void this.#deliver(this.#draft());
  }

  /** What can be told without asking the service; the service has the last word. */
  #fault({ name, value, control }: Field): string {
    const { texts } = this.around;
    if (!value) return control.required ? texts.error_required : "";
    if (name === "email" && !/^[^\s@]+@[^\s@]+$/.test(value)) return texts.error_email;
    return [...value].length > (this.#limits[name] ?? Infinity) ? this.#tooLong(name) : "";
  }

  #tooLong(name: string): string {
    return fill(this.around.texts.error_too_long, { n: String(this.#limits[name] ?? "") });
  }

  #draft(): Draft {
    const [body, name, email, website] = this.#fields.map((field) => field.value) as [string, string, string, string];
    const { url, title } = this.around;
    return {
      url,
      title,
      ...(this.#answered && { parent_id: this.#answered.id }),
      name,
      email,
      ...(website && { website }),
      body,
      subject: this.#trap.value,
    };
  }

  async #deliver(draft: Draft): Promise<void> {
    this.#setBusy(true);
    try {
      const posted = await this.#submission.send(draft, (stage) => this.#tell(stage));
      this.#settle();
      this.#fields[0]!.control.value = "";
      this.arrived(posted);
    } catch (error) {
      this.#settle();
      this.#explain(error);
    }
  }

  #tell(stage: Stage): void {
    this.#stage.textContent = this.around.texts[stage];
  }

  #settle(): void {
    this.#setBusy(false);
    this.#stage.textContent = "";
    this.#send.textContent = this.around.texts.send;
  }

  /** Read-only, not disabled: a disabled control would lose the focus and could not be read or copied. */
  #setBusy(busy: boolean): void {
    this.#busy = busy;
    this.element.setAttribute("aria-busy", String(busy));
    this.#send.setAttribute("aria-disabled", String(busy));
    for (const { control } of this.#fields) control.readOnly = busy;
  }

  #explain(error: unknown): void {
    const { texts } = this.around;
    if (isPassing(error)) {
      this.#alert.textContent = texts.unsent;
      this.#send.textContent = texts.try_again;
      this.#send.focus();
      return;
    }
    const problem = error as Problem;
    const rest: string[] = [];
    for (const fault of problem.errors) {
      const field = this.#fields.find(({ name }) => name === fault.field);
      if (field) field.complain(this.#inWords(fault));
      else rest.push(fault.message);
    }
    const general = problem.status === 429 ? texts.busy : problem.errors.length ? texts.check : problem.message;
    this.#alert.textContent = rest.join(" ") || general || texts.failed;
    this.#focusWrong();
  }

  /** The service explains in English; in other languages the frequent faults have words of their own. */
  #inWords({ field, code, message }: FieldError): string {
    const { texts, lang } = this.around;
    if (code === "required") return texts.error_required;
    if (code === "too_long") return this.#tooLong(field);
    if (/^en\b/.test(lang) && message) return message;
    return field === "email" ? texts.error_email : field === "website" ? texts.error_website : message;
  }

  #focusWrong(): boolean {
    const first = this.#fields.find((field) => field.wrong);
    first?.control.focus();
    return !!first;
  }
}

function formFields(texts: Surroundings["texts"]): Field[] {
  const line = (type: string, autocomplete: string): HTMLInputElement => h("input", { type, autocomplete, dir: "auto" });
  return [
    new Field("body", texts.field_body, h("textarea", { rows: 5, dir: "auto" }), true),
    new Field("name", texts.field_name, line("text", "name"), true),
    new Field("email", texts.field_email, line("email", "email"), true),
    new Field("website", texts.field_website, line("url", "url"), false),
  ];
}
