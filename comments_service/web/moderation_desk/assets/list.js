// The list of comments on the page: which one is current, taking comments out, putting them back, loading more.

import { get } from "./sending.js";

const FEW = 20; // a whole page ahead: nobody who decides by key waits for the next comment to be loaded

export const queue = document.getElementById("queue");
const items = queue.querySelector("[data-items]");
const empty = queue.querySelector("[data-empty]");
const more = queue.querySelector("[data-next]");

let last = null;
let loading = null;
let dry = false; // the keys were faster than the next page
const gone = new Set(); // taken out, also where the server has not answered yet

/** The comment that keys act on: the focused one, else the one that was focused last. */
export function current() {
  const focused = document.activeElement?.closest("article.item");
  if (focused) last = focused;
  return last?.isConnected ? last : null;
}

/** Make a comment the current one. */
export function focus(article) {
  if (!article) return;
  last = article;
  article.focus({ preventScroll: true });
  article.scrollIntoView({ block: "nearest" });
}

/** Make the first comment the current one, without scrolling the page that has just opened. */
export function begin() {
  const [first] = articles();
  if (first && matchMedia("(pointer: fine)").matches) first.focus({ preventScroll: true });
}

/** Go `step` comments down (1) or up (-1); from nowhere, to the first. */
export function move(step) {
  const all = articles();
  const at = all.indexOf(current());
  if (at < 0) return focus(all.find(isFree) ?? all[0]);
  const ahead = step > 0 ? all.slice(at + 1) : all.slice(0, at).reverse();
  focus(ahead.find(isFree) ?? all[at]);
}

/** Whether keys go to this comment: not to one that a colleague looks at, unless that is switched off. */
function isFree(article) {
  const watched = article.querySelector("[data-watching]:not([hidden])");
  return !(watched && document.documentElement.classList.contains("avoiding"));
}

/** Take out one comment that is settled, wherever the focus is, without moving it. */
export function drop(article) {
  article.parentElement.remove();
  const left = articles().length;
  showEmpty(left === 0);
  if (left < FEW) loadMore();
}

/** Take comments out of the list and focus what follows them. Returns a function that puts them back. */
export function takeOut(chosen) {
  const all = articles();
  const from = Math.min(...chosen.map((article) => all.indexOf(article)));
  const rows = chosen.map((article) => ({ article, row: article.parentElement, next: article.parentElement.nextSibling }));
  for (const { article, row } of rows) {
    gone.add(article.dataset.id);
    row.remove();
  }
  const left = articles();
  showEmpty(left.length === 0);
  dry = left.length === 0;
  if (dry) empty.focus();
  else focus(left.slice(from).find(isFree) ?? left[Math.min(from, left.length - 1)]);
  if (left.length < FEW) loadMore();
  return (ids) => putBack(rows.filter(({ article }) => ids.includes(article.dataset.id)));
}

export function articles() {
  return [...items.querySelectorAll("article.item")];
}

function putBack(rows) {
  for (const { article, row, next } of [...rows].reverse()) {
    gone.delete(article.dataset.id);
    // Still undecided, it may have come in again meanwhile as new: the one with the message is the one to keep.
    articles().find((other) => other.dataset.id === article.dataset.id)?.parentElement.remove();
    items.insertBefore(row, next?.parentElement === items ? next : null);
  }
  showEmpty(articles().length === 0);
  focus(rows[0]?.article);
}

function showEmpty(shown) {
  empty.hidden = !shown || !more.parentElement.hidden;
}

/** Append the next page. */
function loadMore() {
  if (!more.parentElement.hidden) return load(more.href);
}

/** Append what has come in since the page was made, where new comments belong at the end. */
export function loadNew(waiting) {
  const onLastPage = more.parentElement.hidden && ["first", "oldest"].includes(queue.dataset.sort);
  if ((onLastPage || articles().length === 0) && waiting > articles().length) return load(queue.dataset.first);
}

function load(url) {
  loading ??= get(url, "text/html")
    .then(append)
    .catch(() => {}) // the next look tries again
    .finally(() => {
      loading = null;
    });
  return loading;
}

/** Comments that are here already, or on their way to be decided, are not doubled. */
function append(page) {
  const known = new Set([...gone, ...articles().map((article) => article.dataset.id)]);
  for (const article of page.querySelectorAll("article.item")) {
    if (!known.has(article.dataset.id)) items.append(document.importNode(article.parentElement, true));
  }
  const next = page.querySelector("[data-next]");
  more.parentElement.hidden = next.parentElement.hidden;
  more.href = next.href;
  const all = articles();
  showEmpty(all.length === 0);
  if (dry && all.length) focus(all[0]);
  dry &&= all.length === 0;
}
