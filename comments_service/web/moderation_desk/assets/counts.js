// How many comments stand in each view, beside its name.

import { queue } from "./list.js";

/** Write fresh counts beside the views. */
export function showCounts(counts) {
  const limit = Number(queue.dataset.countedTo);
  for (const [view, count] of Object.entries(counts)) {
    const place = document.querySelector(`[data-count="${view}"]`);
    if (place) place.textContent = count < limit ? String(count) : `${limit - 1}+`;
  }
}
