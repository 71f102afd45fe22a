/**
 * The form as readers see it before they touch it: labels, fields, the note. It is drawn with the first words of the
 * widget; what makes it work (checks, sending, toolbar, draft) is the chunk `writing`, loaded at the first touch.
 */
import { h } from "./element";
import type { Texts } from "./languages";

export type Control = HTMLInputElement | HTMLTextAreaElement;

export interface ShellField {
  name: string;
  control: Control;
  element: HTMLElement;
}

export class FormShell {
  readonly heading: HTMLElement;
  readonly fields: ShellField[];
  readonly trap = h("input", { name: "subject", tabindex: -1, autocomplete: "off" });
  readonly send: HTMLButtonElement;
  readonly row: HTMLElement;
  readonly element: HTMLFormElement;

  constructor(texts: Texts) {
    const line = (type: string, autocomplete: string): HTMLInputElement => h("input", { type, autocomplete, dir: "auto" });
    this.heading = h("h3", { id: "form-heading", part: "form-heading" }, texts.write);
    this.fields = [
      field("body", texts.field_body, h("textarea", { rows: 5, dir: "auto" })),
      field("name", texts.field_name, line("text", "name")),
      field("email", texts.field_email, line("email", "email")),
      field("website", texts.field_website, line("url", "url")),
    ];
    this.send = h("button", { type: "submit", class: "send", part: "button send" }, texts.send);
    this.row = h("div", { class: "row" }, this.send);
    this.element = h(
      "form",
      { part: "form", novalidate: true, "aria-labelledby": "form-heading" },
      this.heading,
      h("p", { class: "note", part: "note" }, texts.note),
      h("div", { class: "fields" }, ...this.fields.map(({ element }) => element)),
      h("div", { class: "trap", "aria-hidden": "true" }, this.trap),
      this.row,
    );
    this.require(["body", "name", "email"]);
  }

  /** Marks the fields that this site asks for. */
  require(names: string[]): void {
    for (const { name, control, element } of this.fields) {
      control.required = names.includes(name);
      element.querySelector("[aria-hidden]")!.textContent = control.required ? " *" : "";
    }
  }
}

function field(name: string, label: string, control: Control): ShellField {
  // Ids are the shadow root's own, so two widgets on a page do not meet.
  control.id = `field-${name}`;
  control.name = name;
  control.setAttribute("part", "input");
  const star = h("span", { "aria-hidden": "true" });
  const words = h("label", { for: control.id, part: "label" }, label, star);
  return { name, control, element: h("div", { class: `field ${name}`, part: "field" }, words, control) };
}
