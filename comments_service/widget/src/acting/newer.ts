/** Looks for comments that were published meanwhile, and offers them. Nothing moves until the reader asks for it. */
import { button } from "../element";
import { plural } from "../languages";
import type { Comment } from "../model";
import type { ThreadView } from "../thread_view";
import { pause, seen } from "../writing/pause";

const PACE_MS = 30_000;
const SLOWEST_MS = 300_000;

export async function watch(thread: ThreadView): Promise<void> {
  const { signal } = thread.around;
  let pace = PACE_MS;
  while (!signal.aborted) {
    await pause(pace, signal);
    await seen(signal);
    if (signal.aborted) return;
    // Who stays long on a page that stands still need not be asked for so often.
    pace = (await look(thread)) ? PACE_MS : Math.min(pace * 1.5, SLOWEST_MS);
  }
}

async function look(thread: ThreadView): Promise<boolean> {
  const newest = thread.thread?.newest;
  if (!newest) return false;
  try {
    const page = await thread.ask({ newer: newest });
    const fresh = placed(thread, page.comments);
    const reached = page.thread.newest ?? newest;
    if (fresh.length) offer(thread, fresh, reached);
    else if (thread.thread) thread.thread.newest = reached;
    return fresh.length > 0;
  } catch {
    // The next look may be luckier; the reader has lost nothing.
    return false;
  }
}

/** Those that have a place among what is loaded; a reply to a comment on another page comes with that page. */
function placed(thread: ThreadView, comments: Comment[]): Comment[] {
  const fresh = new Map<string, Comment>();
  for (const comment of comments) {
    const { id, parent_id: above } = comment;
    if (!thread.has(id) && (!above || thread.has(above) || fresh.has(above))) fresh.set(id, comment);
  }
  return [...fresh.values()];
}

/** One button that says how many; each look replaces it with all that came since. */
function offer(thread: ThreadView, fresh: Comment[], newest: string): void {
  const { texts, lang } = thread.around;
  const words = plural(fresh.length, texts.new_comments, lang);
  const show = button(words, () => {
    if (thread.thread) thread.thread.newest = newest;
    const views = fresh.map((comment) => thread.insert(comment, "approved"));
    thread.addToCount(views.length);
    thread.offer(null);
    views[0]?.focus();
  });
  show.className = "more";
  show.setAttribute("part", "button new");
  thread.offer(show);
}
