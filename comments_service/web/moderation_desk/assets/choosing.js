// Choosing several comments: one by one, ranges with Shift, everything on the page. Deciding about them is elsewhere.

import { articles, current, move } from "./list.js";
import { sayMany } from "./texts.js";

const bulk = document.getElementById("bulk");
const all = document.querySelector("[data-choose-all]");
let anchor = null; // the article that was chosen or let go last

/** The articles that are chosen. */
export function picked() {
  return articles().filter((article) => boxOf(article)?.checked);
}

/** Say how many are chosen, and show what can be done with them. */
export function showBulk() {
  if (!bulk) return;
  const count = picked().length;
  bulk.classList.toggle("chosen", count > 0);
  bulk.querySelector("[data-chosen]").textContent = sayMany("%(num)s comment chosen", "%(num)s comments chosen", count);
}

/** Choose the current comment and the one that is `step` further, which becomes the current one. */
export function extend(step) {
  pick([current()]);
  move(step);
  pick([current()]);
}

/** Choose everything from what was chosen last to `article`. */
export function pickTo(article) {
  const shown = articles();
  const [from, to] = [shown.indexOf(anchor), shown.indexOf(article)].sort((one, other) => one - other);
  pick(from < 0 ? [article] : shown.slice(from, to + 1));
}

function pick(chosen) {
  for (const article of chosen) {
    const box = article && boxOf(article);
    if (!box) continue;
    box.checked = true;
    anchor = article;
  }
  showBulk();
}

function boxOf(article) {
  return article.querySelector("[data-pick]");
}

document.addEventListener("click", (event) => {
  const box = event.target.closest("[data-pick]");
  if (!box) return;
  const article = box.closest("article.item");
  if (event.shiftKey && box.checked && anchor !== article) pickTo(article);
  anchor = article;
});

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-pick]")) showBulk();
});

if (all && bulk) {
  all.hidden = false;
  all.addEventListener("click", () => pick(articles()));
}
