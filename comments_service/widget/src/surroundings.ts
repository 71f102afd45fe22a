/** What every part of one widget on one page shares. Made once by the element; nobody changes it. */
import type { Api } from "./api";
import type { Device } from "./device";
import type { Texts } from "./languages";

export interface Surroundings {
  readonly host: HTMLElement;
  readonly api: Api;
  readonly device: Device;
  readonly url: string;
  readonly title: string;
  readonly lang: string;
  readonly texts: Texts;
  /** Aborts when the widget leaves the page. */
  readonly signal: AbortSignal;
  /** Says something to screen readers without moving the focus. */
  announce(text: string): void;
}
