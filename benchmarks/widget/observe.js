// Runs in every measured page before anything else of it. `window.seen` holds what it saw, in milliseconds from the
// navigation: `comment` (the first comment painted), `shifts` and `tasks` as the browser's own observers report them.
//
// A comment counts as painted once a frame with it has been produced: the callback of requestAnimationFrame that finds
// it laid out in the window runs at the beginning of that frame, and the task posted from there is the first one after it.
(() => {
  const seen = { comment: null, shifts: [], tasks: [] };
  window.seen = seen;
  const watch = (type, take) =>
    new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true });
  watch("layout-shift", ({ startTime, value }) => seen.shifts.push([startTime, value]));
  watch("longtask", ({ startTime, duration }) => seen.tasks.push([startTime, duration]));

  // The open shadow roots count as part of the page: the selectors are each client's own.
  const places = () => [document, ...[...document.querySelectorAll("comment-section")].map((one) => one.shadowRoot)];
  const comments = () =>
    places().flatMap((place) => [...(place?.querySelectorAll("[part~=comment], #isso-root .isso-comment") ?? [])]);
  window.countComments = () => comments().length;
  window.countRequests = () => performance.getEntriesByType("resource").length;

  const inTheWindow = (box) => box.height > 0 && box.top < innerHeight && box.bottom > 0;
  const painted = () => (seen.comment = performance.now());
  const look = () => {
    const first = comments()[0];
    if (first && inTheWindow(first.getBoundingClientRect())) scheduler.postTask(painted, { priority: "user-blocking" });
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})();
