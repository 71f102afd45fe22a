/** What every part of one widget on one page shares. Made once by the element; nobody changes it. */
import type { Api } from "./api";
import type { Chunks } from "./chunks";
import type { Device } from "./device";
import type { Language, Texts } from "./languages";

export interface Surroundings extends Language {
  readonly host: HTMLElement;
  readonly api: Api;
  readonly device: Device;
  readonly url: string;
  readonly title: string;
  readonly texts: Texts;
  /** Aborts when the widget leaves the page. */
  readonly signal: AbortSignal;
  readonly chunks: Chunks;
  /** Says something without moving the focus: aloud by screen readers, for some seconds at the window's lower edge. */
  announce(text: string): void;
  /** Adds a style sheet to the widget's own; the same one only once. */
  dress(css: string): void;
  /** The one way from a string to HTML: safe_html.ts, which alone holds the page's policy. */
  html(text: string): DocumentFragment;
}
