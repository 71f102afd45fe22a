// Sends the desk's own forms and reads the answers. Knows nothing of keys, focus or where comments stand on the page.

import { say } from "./texts.js";

/** A decision that did not reach the server, or was refused; `message` is for the moderator. */
export class Refused extends Error {}

/** POST the fields of a form as the browser would and return the answer's JSON. Throws Refused. */
export async function send(url, fields) {
  let response;
  try {
    response = await fetch(url, {
      method: "POST",
      body: new URLSearchParams(fields),
      headers: { Accept: "application/json" },
    });
  } catch {
    throw new Refused(say("The server could not be reached. Nothing was decided; try again."));
  }
  return read(response);
}

/** GET a page or a document of the desk. Throws Refused. */
export async function get(url, kind) {
  const response = await fetch(url, { headers: { Accept: kind } }).catch(() => null);
  if (!response) throw new Refused(say("The server could not be reached."));
  return kind === "application/json" ? read(response) : readPage(response);
}

async function read(response) {
  const type = response.headers.get("Content-Type") ?? "";
  if (response.redirected || !type.includes("json")) {
    throw new Refused(say("You have been logged out. Load the page again and log in; nothing was decided."));
  }
  const answer = await response.json();
  if (!response.ok) throw new Refused(answer.detail ?? say("That did not work. Nothing was decided."));
  return answer;
}

async function readPage(response) {
  if (!response.ok || response.redirected) throw new Refused(say("The next comments could not be loaded."));
  return new DOMParser().parseFromString(await response.text(), "text/html");
}
