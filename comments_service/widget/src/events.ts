/** The events a page can listen to. They bubble, and cross the shadow root; they never carry an e-mail address. */
import type { Comment, Status } from "./model";

export interface CommentEvents {
  /** Durably received by the service; `status` says whether it waits or stands already. */
  "comment:posted": CustomEvent<{ id: string; status: Status; comment: Comment }>;
  /** Visible to everybody from now on. */
  "comment:published": CustomEvent<{ id: string; comment: Comment }>;
}

declare global {
  interface HTMLElementEventMap extends CommentEvents {}
}

export function tell<K extends keyof CommentEvents>(host: HTMLElement, name: K, detail: CommentEvents[K]["detail"]): void {
  host.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true, detail }));
}
