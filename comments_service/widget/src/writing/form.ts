/** The form at work: one for the whole widget, which moves under the comment that is answered and never loses its text. */
import type { CommentView } from "../comment_view";
import { button, fill, h } from "../element";
import type { FormShell, ShellField } from "../form_shell";
import type { Draft, Limits } from "../model";
import { isPassing, type Problem, refusal } from "../problem";
import type { Surroundings } from "../surroundings";
import { write } from "../texts/en.json";
import type { ThreadView } from "../thread_view";
import { Complaints } from "./complaints";
import { Drafts } from "./drafts";
import { faultIn, inWords } from "./faults";
import { LengthNote } from "./length_note";
import { Options } from "./options";
import { Submission, type Stage } from "./submission";
import { toolbar } from "./toolbar";

export class Form {
  readonly #around: Surroundings;
  readonly #texts: typeof write;
  readonly #shell: FormShell;
  readonly #complaints: Complaints;
  readonly #alert = h("p", { role: "alert", class: "alert", part: "error" });
  readonly #stage = h("p", { role: "status", class: "stage", part: "status" });
  readonly #cancel: HTMLButtonElement;
  readonly #submission: Submission;
  readonly #drafts: Drafts;
  readonly #options: Options;
  readonly #length: LengthNote;
  #answered: CommentView | null = null;
  #busy = false;
  #limits: Limits;

  constructor(private readonly thread: ThreadView) {
    const { around, shell } = thread;
    this.#around = around;
    this.#shell = shell;
    this.#texts = around.words("write", write);
    this.#limits = thread.thread?.limits ?? {};
    const body = this.#field("body");
    this.#complaints = new Complaints(shell.fields);
    this.#cancel = button(this.#texts.cancel, () => this.answer(null));
    this.#drafts = new Drafts(around, body.control, this.#texts);
    this.#options = new Options(thread, this.#texts);
    this.#length = new LengthNote(body.control, this.#texts, around.lang);
    this.#submission = new Submission(around.api, around.url, this.#drafts);
    body.element.append(toolbar(around, body.control as HTMLTextAreaElement, this.#texts), this.#length.element, this.#drafts.element);
    shell.element.querySelector(".fields")!.before(this.#alert);
    shell.row.before(this.#options.element);
    shell.row.append(this.#cancel, this.#stage);
    shell.element.addEventListener("keydown", (event) => this.#shortcut(event));
    this.#turnTo(null);
    this.#settle();
    this.#drafts.restore();
    void this.#prepare();
  }

  /** Turns the form into an answer to a comment, or with null back into one for the article. The text stays. */
  answer(view: CommentView | null): void {
    this.#turnTo(view);
    if (view) this.thread.bringUnder(view);
    else this.thread.bringHome();
    this.#field("body").control.focus();
  }

  /** It no longer answers anything; it stands at home again. */
  release(): void {
    this.#turnTo(null);
  }

  submit(): void {
    if (this.#busy) return;
    this.#alert.textContent = "";
    for (const field of this.#shell.fields) {
      this.#complaints.say(field, faultIn(field, this.#limits, this.#texts, this.#around.lang));
    }
    if (!this.#complaints.focusFirst()) void this.#deliver(this.#draft());
  }

  #turnTo(view: CommentView | null): void {
    this.#answered = view;
    this.#cancel.hidden = !view;
    const { heading } = this.#shell;
    heading.textContent = view ? fill(this.#texts.reply_to, { name: view.name }) : this.#around.texts.write;
  }

  #field(name: string): ShellField {
    return this.#shell.fields.find((field) => field.name === name)!;
  }

  /** Fetches what the site asks of a form. Until it is known, the form asks for what the thread's answer said. */
  async #prepare(): Promise<void> {
    const info = await this.#submission.prepare();
    if (info?.limits) this.#limits = info.limits;
    if (info?.required) this.#shell.require(info.required);
    this.#length.limit = this.#limits.body ?? Infinity;
  }

  #shortcut(event: KeyboardEvent): void {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.#shell.element.requestSubmit();
  }

  #draft(): Draft {
    const { url, title } = this.#around;
    const value = (name: string): string => this.#field(name).control.value.trim();
    return {
      url,
      title,
      ...(this.#answered && { parent_id: this.#answered.comment.id }),
      name: value("name"),
      email: value("email"),
      ...(value("website") && { website: value("website") }),
      body: value("body"),
      // The mails about replies speak the language of the widget, whatever the browser's is.
      ...(this.#options.notify && { notify: true, lang: this.#around.lang }),
      subject: this.#shell.trap.value,
    };
  }

  async #deliver(draft: Draft): Promise<void> {
    this.#setBusy(true);
    try {
      const posted = await this.#submission.send(draft, (stage) => this.#tell(stage));
      this.#settle();
      this.#options.keep(draft);
      this.#field("body").control.value = "";
      this.#length.show();
      this.#turnTo(null);
      this.thread.bringHome();
      (await this.thread.own()).arrived(posted);
    } catch (error) {
      this.#settle();
      this.#explain(error);
    }
  }

  #tell(stage: Stage): void {
    this.#stage.textContent = this.#texts[stage];
  }

  #settle(): void {
    this.#setBusy(false);
    this.#stage.textContent = "";
    this.#shell.send.textContent = this.#around.texts.send;
  }

  /** Read-only, not disabled: a disabled control would lose the focus and could not be read or copied. */
  #setBusy(busy: boolean): void {
    this.#busy = busy;
    this.#shell.element.setAttribute("aria-busy", String(busy));
    this.#shell.send.setAttribute("aria-disabled", String(busy));
    for (const { control } of this.#shell.fields) control.readOnly = busy;
  }

  #explain(error: unknown): void {
    if (isPassing(error)) {
      this.#alert.textContent = this.#texts.unsent;
      this.#shell.send.textContent = this.#around.texts.try_again;
      this.#shell.send.focus();
      return;
    }
    const problem = refusal(error)!;
    const rest: string[] = [];
    for (const fault of problem.errors) {
      const field = this.#shell.fields.find(({ name }) => name === fault.field);
      const words = inWords(fault, this.#limits, this.#texts, this.#around.lang);
      if (field) this.#complaints.say(field, words);
      else rest.push(words);
    }
    this.#alert.textContent = rest.join(" ") || this.#general(problem);
    this.#complaints.focusFirst();
  }

  #general({ status, code, errors, message }: Problem): string {
    if (status === 429) return this.#texts.busy;
    if (errors.length) return this.#texts.check;
    if (code === "duplicate") return this.#texts.error_duplicate;
    if (code === "closed") return this.#texts.error_closed;
    return (/^en\b/.test(this.#around.lang) && message) || this.#around.texts.failed;
  }
}
