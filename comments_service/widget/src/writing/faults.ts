/** What is wrong with a field, in the reader's language: found here at once, or told by the service. */
import type { ShellField } from "../form_shell";
import { plural } from "../languages";
import type { FieldError, Limits } from "../model";
import type { write } from "../texts/en.json";

type Texts = typeof write;

/** What can be told without asking the service, which has the last word; "" if nothing. */
export function faultIn({ name, control }: ShellField, limits: Limits, texts: Texts, lang: string): string {
  const value = control.value.trim();
  if (!value) return control.required ? texts.error_required : "";
  if (name === "email" && !/^[^\s@]+@[^\s@]+$/.test(value)) return texts.error_email;
  const most = limits[name] ?? Infinity;
  return [...value].length > most ? plural(most, texts.error_too_long, lang) : "";
}

/** The service explains in English; in other languages the frequent faults have words of their own. */
export function inWords({ field, code, message }: FieldError, limits: Limits, texts: Texts, lang: string): string {
  const known: { [code: string]: string } = {
    required: texts.error_required,
    too_long: plural(limits[field] ?? 0, texts.error_too_long, lang),
    too_short: plural(limits[`${field}_min`] ?? 0, texts.error_too_short, lang),
    duplicate: texts.error_duplicate,
    closed: texts.error_closed,
  };
  if (Object.hasOwn(known, code)) return known[code]!;
  if (/^en\b/.test(lang) && message) return message;
  return field === "email" ? texts.error_email : field === "website" ? texts.error_website : message;
}
