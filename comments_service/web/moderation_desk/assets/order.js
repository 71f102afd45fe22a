// Sends decisions one request after another, in the order in which they were made. Those of the same kind that wait
// while a request is on its way travel in the next one together, so that no speed of typing makes a queue of requests.

import { queue } from "./list.js";
import { send } from "./sending.js";

const MOST_IN_ONE = 50;
const waiting = [];
let busy = false;

/** POST `shared` and `own` fields when it is their turn; the answer may tell about other comments too. Throws Refused. */
export function inOrder(url, shared, own) {
  return new Promise((resolve, reject) => {
    waiting.push({ url, kind: JSON.stringify([url, shared]), shared, own, resolve, reject });
    if (!busy) sendAll();
  });
}

async function sendAll() {
  busy = true;
  queue.setAttribute("aria-busy", "true");
  while (waiting.length) {
    const jobs = nextJobs();
    const fields = [...jobs[0].shared, ...jobs.flatMap((job) => job.own)];
    try {
      const answer = await send(jobs[0].url, fields);
      for (const job of jobs) job.resolve(answer);
    } catch (error) {
      for (const job of jobs) job.reject(error);
    }
  }
  busy = false;
  queue.removeAttribute("aria-busy");
}

function nextJobs() {
  const [{ kind }] = waiting;
  const others = waiting.findIndex((job) => job.kind !== kind);
  return waiting.splice(0, Math.min(others < 0 ? waiting.length : others, MOST_IN_ONE));
}

// What was decided a moment ago is not lost by closing the page without a word.
addEventListener("beforeunload", (event) => {
  if (busy) event.preventDefault();
});
