/** Follows one's own waiting comment until it is decided: quickly at first, then patiently, and only while it is seen. */
import type { Api } from "../api";
import type { OwnRecord } from "../device";
import type { OwnView } from "../model";
import { refusal } from "../problem";
import { pause, seen } from "./pause";
import { ownView } from "./requests";

const FIRST_MS = 250;
const SLOWEST_MS = 5000;
/** After five minutes a human decides, not a worker: asking twice a minute is enough. */
const HUMAN_MS = 300_000;
const HUMAN_PACE_MS = 30_000;

/** The decided view; null when the page went away or the comment is no longer known. */
export async function reviewOf(api: Api, record: OwnRecord, signal: AbortSignal): Promise<OwnView | null> {
  const began = performance.now();
  for (let delay = FIRST_MS; ; delay = slower(delay, performance.now() - began)) {
    await pause(delay, signal);
    await seen(signal);
    if (signal.aborted) return null;
    try {
      const view = await ownView(api, record.id, record.token, signal);
      if (view.status !== "pending") return view;
    } catch (error) {
      const refused = refusal(error);
      if (refused && [401, 403, 404, 410].includes(refused.status)) return null;
      delay = Math.max(delay, (refused?.retryAfter ?? 0) * 1000);
    }
  }
}

function slower(delay: number, waited: number): number {
  return waited > HUMAN_MS ? HUMAN_PACE_MS : Math.min(delay * 1.4, SLOWEST_MS);
}
