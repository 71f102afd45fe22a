/** Waiting that ends early when it should: when aborted, when the network is back, when the tab is seen again. */

/** Resolves after `ms`, or at once when `target` fires `event` or `signal` aborts. Never rejects. */
export function pause(ms: number, signal?: AbortSignal, target?: EventTarget, event = ""): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", end);
      target?.removeEventListener(event, end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal?.addEventListener("abort", end);
    target?.addEventListener(event, end);
    if (signal?.aborted) end();
  });
}

/** Resolves as soon as the reader can see the page. */
export async function seen(signal: AbortSignal): Promise<void> {
  while (document.hidden && !signal.aborted) await pause(3_600_000, signal, document, "visibilitychange");
}
