// What a moderator does with colleagues: asking for a second opinion, confirming a proposal, taking one's own back.

import { showCounts } from "./counts.js";
import { articles, queue } from "./list.js";
import { send } from "./sending.js";
import { say, sayMany } from "./texts.js";
import { tell } from "./toasts.js";

const KEPT = ["proposed", "asked"];

/**
 * The keys of this module. `onCurrent` calls with the comment that is current, `onChosen` with the bar below where some
 * are chosen, `openMenu` opens one of their menus.
 */
export function togetherKeys(onCurrent, onChosen, openMenu) {
  return {
    w: () => onCurrent((article) => {
      const menu = article.querySelector("[data-ask]");
      if (menu) openMenu(menu);
    }),
    n: () => onCurrent((article) => {
      const note = article.querySelector("[data-note]");
      if (note) openMenu(note);
    }),
    m: () => onChosen((place) => {
      const menu = place.querySelector("[data-assigning]");
      if (menu) openMenu(menu);
    }),
    c: () => onCurrent((article) => article.querySelector("[data-confirm]")?.click()),
  };
}

/** Tell what was kept as an opinion instead of being decided; the way back comes as entries for the key `u`. */
export function keptAsOpinion(action, results, back, form) {
  if (results.some((result) => result.result === "withdrawn")) tell(say("Taken back."));
  const ids = results.filter((result) => KEPT.includes(result.result)).map((result) => result.id);
  if (!ids.length) return [];
  const told = action === "ask" ? say("Your colleagues are asked") : say("Kept as your proposal");
  let open = true; // its toast's button and the key may both be pressed
  const undo = () => {
    if (open) withdraw(ids, back, form);
    open = false;
  };
  return [tell(ids.length === 1 ? `${told}.` : `${told}: ${sayMany("%(num)s comment", "%(num)s comments", ids.length)}.`, undo)];
}

async function withdraw(ids, back, form) {
  const shared = [...new FormData(form)].filter(([name]) => ["csrf_token", "site"].includes(name));
  try {
    const answer = await send(queue.dataset.withdraw, [...shared, ...ids.map((id) => ["ids", id])]);
    showCounts(answer.counts);
    const refused = answer.results.find((result) => result.result !== "withdrawn");
    back(answer.results.filter((result) => result.result === "withdrawn").map((result) => result.id));
    tell(refused ? refused.message : say("Taken back."));
  } catch (error) {
    tell(error.message);
  }
}

// Assigning leaves the comments where they are, and marks them. Before the desk's own listener, which would take them
// out as decided.
document.addEventListener("submit", (event) => {
  const { target: form, submitter } = event;
  if (!submitter || !(form.matches("[data-assign]") || submitter.matches("[data-assign]"))) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const one = form.closest("article.item");
  assign(one ? [one] : articles().filter((article) => article.querySelector("[data-pick]")?.checked), form, submitter);
}, true);

async function assign(chosen, form, button) {
  for (const menu of document.querySelectorAll("[data-assigning][open]")) menu.open = false;
  const kept = [...new FormData(form)].filter(([name]) => ["csrf_token", "assignee"].includes(name));
  const ids = chosen.map((article) => ["ids", article.dataset.id]);
  try {
    const answer = await send(button.getAttribute("formaction") ?? form.action, [...kept, ...ids, [button.name, button.value]]);
    for (const result of answer.results) mark(chosen.find((one) => one.dataset.id === result.id), result, form, button);
    const refused = answer.results.find((result) => result.message);
    tell(refused ? refused.message : answer.told);
  } catch (error) {
    tell(error.message);
  }
}

function mark(article, result, form, button) {
  const place = article?.querySelector("[data-assigned]");
  if (!place || result.message) return;
  const { selectedOptions: [colleague] } = form.elements.assignee;
  place.hidden = button.value !== "assign";
  place.textContent = place.hidden ? "" : `${place.dataset.assigned} ${colleague.textContent}`;
}
