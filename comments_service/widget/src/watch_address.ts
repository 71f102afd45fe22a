/** Tells when a single-page application may have gone to another article. */

export function watchAddress(signal: AbortSignal, changed: () => unknown): void {
  // A turn later, when the application has put its new title and canonical link into the page.
  const look = (): void => void setTimeout(() => signal.aborted || changed());
  addEventListener("popstate", look, { signal });
  (globalThis as { navigation?: EventTarget }).navigation?.addEventListener("navigatesuccess", look, { signal });
}
