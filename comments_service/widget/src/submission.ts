/**
 * Brings one comment to the service exactly once, over a connection that may break at any point.
 *
 * The idempotency key belongs to what the reader wrote: while that stays the same, every repetition carries the same key,
 * and the service answers a comment that it has already with the first answer. Another text gets another key.
 */
import type { Api } from "./api";
import type { Draft, FormInfo, Posted } from "./model";
import { pause } from "./pause";
import { isPassing, Problem } from "./problem";
import { randomKey } from "./random";

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
  #draft = "";
  #key = "";

  constructor(
    private readonly api: Api,
    private readonly url: string,
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
    let renewed = false;
    for (let tries = 0; ; ) {
      tell("sending");
      try {
        return await this.#sendOnce(draft, tell);
      } catch (error) {
        if (!renewed && error instanceof Problem && error.blames("form_token")) {
          renewed = true;
          this.#ticket = null;
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
    if (written !== this.#draft) this.#key = randomKey();
    this.#draft = written;
    const posted = await this.api.post(JSON.stringify({ ...draft, form_token: info.form_token }), this.#key);
    this.#draft = "";
    this.#ticket = null;
    return posted;
  }

  #takeTicket(): Promise<Ticket> {
    this.#ticket ??= this.#fetchTicket();
    return this.#ticket;
  }

  async #fetchTicket(): Promise<Ticket> {
    try {
      const info = await this.api.form(this.url);
      return { info, ripe: performance.now() + (info.minimum_age_s ?? 0) * 1000 };
    } catch (error) {
      this.#ticket = null;
      throw error;
    }
  }
}

function delayAfter(error: unknown, delay: number): number {
  return error instanceof Problem ? Math.min(Math.max(delay, error.retryAfter * 1000), LONGEST_WAIT_MS) : delay;
}
