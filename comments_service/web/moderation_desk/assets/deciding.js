// Carries out decisions without leaving the page: the comment goes at once, and comes back if the server says no.

import { articles, focus, queue, takeOut } from "./list.js";
import { send } from "./sending.js";
import { keptAsOpinion } from "./together.js";
import { say, sayMany } from "./texts.js";
import { tell } from "./toasts.js";

const DONE = {
  approve: say("Approved"),
  reject: say("Rejected"),
  spam: say("Moved to spam"),
  delete: say("Deleted"),
  undo: say("Put back"),
};
const undoable = [];

/** Decide about `chosen` articles with what `form` and its pressed `button` say. */
export async function decide(chosen, form, button) {
  const fields = fieldsOf(form, button, chosen);
  const action = button.name === "reject_reason" ? "reject" : button.value;
  for (const article of chosen) trouble(article, "");
  const back = takeOut(chosen);
  const allIds = chosen.map((article) => article.dataset.id);
  try {
    const answer = await send(form.action, fields);
    showCounts(answer.counts);
    const done = answer.results.filter((result) => result.result === "done");
    showTroubles(chosen, answer.results, back);
    if (done.length) offerUndo(action, done, back, form);
    undoable.push(...keptAsOpinion(action, answer.results, back, form));
  } catch (error) {
    back(allIds);
    trouble(chosen[0], error.message);
  }
}

/** Take back the latest decision made on this page. */
export function undoLast() {
  const entry = undoable.pop();
  if (entry) entry.undo();
  else tell(say("There is nothing to undo on this page. Earlier decisions can be undone in the history."));
}

/** Write fresh counts beside the views. */
export function showCounts(counts) {
  const limit = Number(queue.dataset.countedTo);
  for (const [view, count] of Object.entries(counts)) {
    const place = document.querySelector(`[data-count="${view}"]`);
    if (place) place.textContent = count < limit ? String(count) : `${limit - 1}+`;
  }
}

function fieldsOf(form, button, chosen) {
  const fields = [...new FormData(form)].filter(([name]) => !["ids", "seen"].includes(name));
  for (const article of chosen) {
    fields.push(["ids", article.dataset.id], ["seen", article.dataset.seen]);
    // What is listed as like it, where it is ticked.
    for (const box of article.querySelectorAll("[data-alike]:checked")) {
      fields.push(["ids", box.value], ["seen", box.dataset.alike]);
    }
  }
  fields.push([button.name, button.value]);
  return fields;
}

function showTroubles(chosen, results, back) {
  const refused = results.filter((result) => ["missing", "conflict"].includes(result.result));
  if (!refused.length) return;
  back(refused.map((result) => result.id));
  for (const result of refused) {
    trouble(chosen.find((article) => article.dataset.id === result.id), result.message);
  }
}

function offerUndo(action, done, back, form) {
  const text = done.length === 1 ? `${DONE[action]}.` : `${DONE[action]}: ${sayMany("%(num)s comment", "%(num)s comments", done.length)}.`;
  const entry = tell(text, () => {
    forget(entry);
    undo(done, back, form);
  });
  undoable.push(entry);
}

function forget(entry) {
  const at = undoable.indexOf(entry);
  if (at >= 0) undoable.splice(at, 1);
}

async function undo(done, back, form) {
  const shared = [...new FormData(form)].filter(([name]) => ["csrf_token", "site"].includes(name));
  const pairs = done.map((result) => ["undo", `${result.id}:${result.decision_id}`]);
  try {
    const answer = await send(queue.dataset.undo, [...shared, ...pairs]);
    showCounts(answer.counts);
    const restored = answer.results.filter((result) => result.result === "done").map((result) => result.id);
    back(restored);
    const refused = answer.results.find((result) => result.result !== "done");
    tell(refused ? refused.message : DONE.undo + ".");
  } catch (error) {
    tell(error.message);
  }
}

function trouble(article, message) {
  const place = article?.querySelector("[data-trouble]");
  if (!place) return;
  place.textContent = message;
  place.hidden = !message;
  if (message && articles().includes(article)) focus(article);
}
