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

interface Formats {
  exact: Intl.DateTimeFormat;
  relative: Intl.RelativeTimeFormat;
}

/** Making one costs more than drawing a comment, so each language has its own pair. */
const formats = new Map<string, Formats>();

function formatsOf(lang: string): Formats {
  let found = formats.get(lang);
  if (!found) {
    found = {
      exact: new Intl.DateTimeFormat(lang, bare<Intl.DateTimeFormatOptions>({ dateStyle: "long", timeStyle: "short" })),
      relative: new Intl.RelativeTimeFormat(lang, bare<Intl.RelativeTimeFormatOptions>({ numeric: "auto" })),
    };
    formats.set(lang, found);
  }
  return found;
}

export function timeElement(instant: string, lang: string): HTMLTimeElement {
  const date = new Date(instant);
  if (Number.isNaN(date.valueOf())) return h("time");
  const attributes = { datetime: date.toISOString(), title: formatsOf(lang).exact.format(date), part: "time" };
  return h("time", attributes, relative(date, lang));
}

/** Rewrites every relative time below `root`; called once a minute while the widget is on a page. */
export function refreshTimes(root: ParentNode, lang: string): void {
  for (const element of root.querySelectorAll("time[datetime]")) {
    element.textContent = relative(new Date(element.getAttribute("datetime")!), lang);
  }
}

function relative(date: Date, lang: string): string {
  // A reader's clock may run behind the server's: a comment is never "in 3 seconds".
  const seconds = Math.max(0, (Date.now() - date.valueOf()) / 1000);
  const format = formatsOf(lang).relative;
  for (const [unit, length] of UNITS) {
    if (seconds >= length) return format.format(-Math.floor(seconds / length), unit);
  }
  return format.format(0, "second");
}
