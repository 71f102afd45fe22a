// Who looks at what: tells colleagues which comment is current, and shows what they look at and have decided.

import { articles, current, drop, queue } from "./list.js";
import { tell } from "./toasts.js";

const PAUSE_MS = 20_000; // between two claims, however fast somebody goes through the list
const RENEW_MS = 60_000; // a claim holds for two minutes
const MOST_ASKED = 60;
const LOOK_ANYWAY = "comments-desk-look-anyway";

let claimed = "";
let claimedAt = -Infinity;
let waiting = false;

// --- what I look at ---

function lookAt() {
  const id = current()?.dataset.id;
  if (!queue.dataset.claims || !id || document.visibilityState !== "visible") return;
  const age = performance.now() - claimedAt;
  if (id === claimed && age < RENEW_MS) return;
  if (age < PAUSE_MS) return later(PAUSE_MS - age);
  [claimed, claimedAt] = [id, performance.now()];
  const body = new URLSearchParams({ id, csrf_token: queue.dataset.token });
  fetch(queue.dataset.claims, { method: "POST", body }).catch(() => {}); // the next one tries again
}

function later(ms) {
  if (waiting) return;
  waiting = true;
  setTimeout(() => {
    waiting = false;
    lookAt();
  }, ms);
}

document.addEventListener("focusin", () => {
  for (const article of articles()) if (article.classList.contains("settled") && article !== current()) drop(article);
  lookAt();
});
setInterval(lookAt, PAUSE_MS);

// --- what colleagues do ---

/** The address that asks for counts, asking for news about the comments around the current one too. */
export function askingFor(address) {
  const url = new URL(address, location.href);
  const all = articles();
  const from = Math.max(0, Math.min(all.indexOf(current()) - 10, all.length - MOST_ASKED));
  for (const article of all.slice(from, from + MOST_ASKED)) url.searchParams.append("seen", article.dataset.seen);
  return url.href;
}

/** Show who looks at what, and take out what colleagues have decided; both by comment, a sentence each. */
export function showColleagues(watched, changed) {
  const gone = [];
  for (const article of articles()) {
    const { id } = article.dataset;
    const place = article.querySelector("[data-watching]");
    place.textContent = watched[id] ?? "";
    place.hidden = !(id in watched);
    if (id in changed) gone.push([article, changed[id]]);
  }
  for (const [article, sentence] of gone) settle(article, sentence);
  for (const sentence of new Set(gone.map(([, sentence]) => sentence))) tell(`${sentence}.`);
}

/** The current comment stays until its moderator goes on: no key may hit another that slipped into its place. */
function settle(article, sentence) {
  if (article !== current()) return drop(article);
  const place = article.querySelector("[data-trouble]");
  article.classList.add("settled");
  place.textContent = `${sentence}.`;
  place.hidden = false;
}

// --- whether to skip it ---

const avoid = document.querySelector("[data-avoid]");
if (avoid) {
  const box = avoid.querySelector("input");
  avoid.hidden = false;
  box.checked = localStorage.getItem(LOOK_ANYWAY) === null;
  const show = () => document.documentElement.classList.toggle("avoiding", box.checked);
  box.addEventListener("change", () => {
    if (box.checked) localStorage.removeItem(LOOK_ANYWAY);
    else localStorage.setItem(LOOK_ANYWAY, "1");
    show();
  });
  show();
}
