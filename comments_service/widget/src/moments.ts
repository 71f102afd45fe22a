/** Times as readers say them ("3 minutes ago"), with the exact one on hover and for machines. */
import { h } from "./element";
import { bare } from "./plain";

const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", 31_557_600],
  ["month", 2_629_800],
  ["week", 604_800],
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
];

/** The first one costs as much as drawing ten comments, so those are drawn before it, and each language has but one. */
const formats = new Map<string, Intl.RelativeTimeFormat>();

export function timeElement(instant: string, lang: string): HTMLTimeElement {
  const date = new Date(instant);
  if (Number.isNaN(date.valueOf())) return h("time");
  const exact = date.toISOString();
  return h("time", { datetime: exact, part: "time" }, formats.has(lang) ? relative(date, lang) : exact.slice(0, 10));
}

/** Gives a time its exact words when a reader points at it; nobody waits for them before. */
export function explainTime(event: Event, lang: string): void {
  const element = (event.target as Element).closest?.("a")?.querySelector("time[datetime]:not([title])");
  const style = bare<Intl.DateTimeFormatOptions>({ dateStyle: "long", timeStyle: "short" });
  element?.setAttribute("title", new Date(element.getAttribute("datetime")!).toLocaleString(lang, style));
}

/** Writes every time below `root` as a relative one; after the first comments are drawn, and then once a minute. */
export function refreshTimes(root: ParentNode, lang: string): void {
  for (const element of root.querySelectorAll("time[datetime]")) {
    element.textContent = relative(new Date(element.getAttribute("datetime")!), lang);
  }
}

function relative(date: Date, lang: string): string {
  // A reader's clock may run behind the server's: a comment is never "in 3 seconds".
  const seconds = Math.max(0, (Date.now() - date.valueOf()) / 1000);
  let format = formats.get(lang);
  if (!format) {
    format = new Intl.RelativeTimeFormat(lang, bare<Intl.RelativeTimeFormatOptions>({ numeric: "auto" }));
    formats.set(lang, format);
  }
  for (const [unit, length] of UNITS) {
    if (seconds >= length) return format.format(-Math.floor(seconds / length), unit);
  }
  return format.format(0, "second");
}
