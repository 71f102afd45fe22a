/** Waits until the reader scrolls near. */
import { bare } from "./plain";

/** A screen ahead, so that comments are usually there before the reader is. */
const AHEAD = "600px 0px";

export function near(element: Element, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) finish();
      },
      bare({ rootMargin: AHEAD }),
    );
    const finish = (): void => {
      observer.disconnect();
      resolve();
    };
    observer.observe(element);
    signal.addEventListener("abort", finish);
  });
}
