// Carries out decisions without leaving the page: the comment goes at once, and comes back if the server says no.

import { showCounts } from "./counts.js";
import { articles, focus, queue, takeOut } from "./list.js";
import { inParts, token } from "./parts.js";
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
  const shared = sharedFields(form, button);
  const action = button.name === "reject_reason" ? "reject" : button.value;
  const orders = chosen.map(orderOf);
  const entry = expectUndo();
  for (const article of chosen) trouble(article, "");
  const back = takeOut(chosen);
  const ids = new Set(orders.flatMap((order) => order.ids));
  if (ids.size > 1) shared.push(["together", token()]);
  const results = [];
  const { left, error } = await inParts(form.action, shared, orders, (answer) => {
    showCounts(answer.counts);
    const ours = answer.results.filter((result) => ids.has(result.id));
    results.push(...ours);
    showTroubles(chosen, ours, back);
  });
  back(left.flatMap((order) => order.ids));
  if (error) trouble(left[0].article, error.message);
  const done = results.filter((result) => result.result === "done");
  entry.settle(done.length ? offerUndo(action, done, back, form) : null);
  undoable.push(...keptAsOpinion(action, results, back, form));
}

/** Take back the latest decision made on this page, also one that is still on its way to the server. */
export async function undoLast() {
  const place = undoable.pop();
  const entry = await place;
  if (entry) entry.undo();
  else if (place) tell(say("That decision did not take effect, so there is nothing to undo."));
  else tell(say("There is nothing to undo on this page. Earlier decisions can be undone in the history."));
}

/** Hold this decision's place among those that can be undone until the server has answered. */
function expectUndo() {
  let settle;
  const place = new Promise((resolve) => {
    settle = resolve;
  });
  undoable.push(place);
  return {
    settle(entry) {
      settle(entry);
      const at = undoable.indexOf(place);
      if (at >= 0) undoable.splice(at, 1, ...(entry ? [entry] : []));
    },
  };
}

function sharedFields(form, button) {
  const shared = [...new FormData(form)].filter(([name]) => !["ids", "seen"].includes(name));
  return [...shared, [button.name, button.value]];
}

/** What is sent about one article: itself, and what is listed as like it and ticked. */
function orderOf(article) {
  const alike = [...article.querySelectorAll("[data-alike]:checked")].map((box) => [box.value, box.dataset.alike]);
  const all = [[article.dataset.id, article.dataset.seen], ...alike];
  return {
    article,
    ids: all.map(([id]) => id),
    fields: all.flatMap(([id, seen]) => [["ids", id], ["seen", seen]]),
  };
}

function showTroubles(chosen, results, back) {
  for (const result of results.filter((one) => ["missing", "conflict"].includes(one.result))) {
    const article = chosen.find((one) => one.dataset.id === result.id);
    // Decided by a colleague, it is done with: who works through the queue by key is told, and goes on.
    if (!article || (chosen.length === 1 && result.why === "decided")) {
      tell(result.message);
      continue;
    }
    back([result.id]);
    trouble(article, result.message);
  }
}

function offerUndo(action, done, back, form) {
  const text = done.length === 1 ? `${DONE[action]}.` : `${DONE[action]}: ${sayMany("%(num)s comment", "%(num)s comments", done.length)}.`;
  const entry = tell(text, () => {
    forget(entry);
    undo(done, back, form);
  });
  return entry;
}

function forget(entry) {
  const at = undoable.indexOf(entry);
  if (at >= 0) undoable.splice(at, 1);
}

async function undo(done, back, form) {
  const shared = [...new FormData(form)].filter(([name]) => ["csrf_token", "site"].includes(name));
  if (done.length > 1) shared.push(["together", token()]);
  const orders = done.map(({ id, decision_id }) => ({ ids: [id], fields: [["undo", `${id}:${decision_id}`]] }));
  const refused = [];
  const { left, error } = await inParts(queue.dataset.undo, shared, orders, (answer) => {
    showCounts(answer.counts);
    const ours = answer.results.filter((result) => done.some(({ id }) => id === result.id));
    back(ours.filter((result) => result.result === "done").map((result) => result.id));
    refused.push(...ours.filter((result) => result.result !== "done"));
  });
  const missed = done.filter(({ id }) => left.some(({ ids }) => ids.includes(id)));
  // What did not reach the server can be tried again by the same key.
  if (missed.length) undoable.push({ undo: () => undo(missed, back, form) });
  if (error) tell(error.message);
  else if (left.length) tell(sayMany("Stopped: %(num)s comment stays as it was decided.", "Stopped: %(num)s comments stay as they were decided.", left.length));
  else tell(refused.length ? refused[0].message : DONE.undo + ".");
}

function trouble(article, message) {
  const place = article?.querySelector("[data-trouble]");
  if (!place) return;
  place.textContent = message;
  place.hidden = !message;
  if (message && articles().includes(article)) focus(article);
}
