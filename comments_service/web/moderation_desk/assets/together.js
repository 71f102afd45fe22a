// What a moderator does with colleagues: asking for a second opinion, confirming a proposal, taking one's own back.

import { queue } from "./list.js";
import { send } from "./sending.js";
import { say, sayMany } from "./texts.js";
import { tell } from "./toasts.js";

const KEPT = ["proposed", "asked"];

/** The keys of this module. `onCurrent` calls with the comment that is current, `openMenu` opens one of its menus. */
export function togetherKeys(onCurrent, openMenu) {
  return {
    w: () => onCurrent((article) => {
      const menu = article.querySelector("[data-ask]");
      if (menu) openMenu(menu);
    }),
    n: () => onCurrent((article) => {
      const note = article.querySelector("[data-note]");
      if (note) openMenu(note);
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
    const refused = answer.results.find((result) => result.result !== "withdrawn");
    back(answer.results.filter((result) => result.result === "withdrawn").map((result) => result.id));
    tell(refused ? refused.message : say("Taken back."));
  } catch (error) {
    tell(error.message);
  }
}
