/**
 * Brings one comment to the service exactly once, over a connection that may break at any point.
 *
 * The idempotency key belongs to what the reader wrote: while that stays the same, every repetition carries the same key,
 * and the service answers a comment that it has already with the first answer. Another text gets another key.
 */
import type { Api } from "../api";
import type { Draft, FormInfo, Posted } from "../model";
import { isPassing, refusal } from "../problem";
import type { Drafts } from "./drafts";
import { pause } from "./pause";
import { randomKey } from "./random";
import { formInfo, post } from "./requests";

export type Stage = "sending" | "resting" | "retrying";

interface Ticket {
  info: FormInfo;
  /** When (on the page's monotonic clock) the form token is old enough to be accepted. */
  ripe: number;
}

const DELAYS_MS = [1000, 2000, 4000];
const LONGEST_WAIT_MS = 30_000;

export class Submission {
  #ticket: Promise<Ticket> | null = null;
  #written = "";
  #key = "";

  constructor(
    private readonly api: Api,
    private readonly url: string,
    private readonly drafts: Drafts,
  ) {}

  /** Fetches the form token ahead of time. A failure is not told: `send` tries again and tells. */
  prepare(): Promise<FormInfo | null> {
    return this.#takeTicket().then(
      ({ info }) => info,
      () => null,
    );
  }

  /** Resolves once the comment is durably stored. Throws a Problem, or the last network error after all tries. */
  async send(draft: Draft, tell: (stage: Stage) => void): Promise<Posted> {
    const renewed = new Set<string>();
    for (let tries = 0; ; ) {
      tell("sending");
      try {
        return await this.#sendOnce(draft, tell);
      } catch (error) {
        const stale = staleIn(error);
        if (stale && !renewed.has(stale)) {
          renewed.add(stale);
          this.#ticket = null;
          // The key of an earlier sending, under which the service has another comment.
          if (stale === "idempotency_key") this.#key = randomKey();
        } else if (isPassing(error) && tries < DELAYS_MS.length) {
          tell("retrying");
          await pause(delayAfter(error, DELAYS_MS[tries++]!), undefined, window, "online");
        } else {
          throw error;
        }
      }
    }
  }

  async #sendOnce(draft: Draft, tell: (stage: Stage) => void): Promise<Posted> {
    const { info, ripe } = await this.#takeTicket();
    const rest = ripe - performance.now();
    if (rest > 0) {
      tell("resting");
      await pause(rest);
      tell("sending");
    }
    // The form token is no part of it: it may be renewed between two tries of the same comment.
    const written = JSON.stringify(draft);
    if (written !== this.#written) this.#key = this.drafts.keyOf(draft) ?? randomKey();
    this.#written = written;
    this.drafts.noteSending(draft, this.#key);
    const posted = await post(this.api, JSON.stringify({ ...draft, form_token: info.form_token }), this.#key);
    this.drafts.drop();
    this.#written = "";
    this.#ticket = null;
    return posted;
  }

  #takeTicket(): Promise<Ticket> {
    this.#ticket ??= this.#fetchTicket();
    return this.#ticket;
  }

  async #fetchTicket(): Promise<Ticket> {
    try {
      const info = await formInfo(this.api, this.url);
      return { info, ripe: performance.now() + (info.minimum_age_s ?? 0) * 1000 };
    } catch (error) {
      this.#ticket = null;
      throw error;
    }
  }
}

/** What of the request is too old and can be had anew: the form's token or the key; "" where it is something else. */
function staleIn(error: unknown): string {
  for (const { field, code } of refusal(error)?.errors ?? []) {
    if (field === "form_token") return field;
    if (code === "idempotency_key") return code;
  }
  return "";
}

function delayAfter(error: unknown, delay: number): number {
  return Math.min(Math.max(delay, (refusal(error)?.retryAfter ?? 0) * 1000), LONGEST_WAIT_MS);
}
