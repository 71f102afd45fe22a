// Sends many decisions in parts, shows how far it is, and stops when asked to: what is sent stays decided.

import { inOrder } from "./order.js";

const IN_A_PART = 50;
const SHOWN_FROM = 2; // parts: fewer are done before a bar could be read
const region = document.getElementById("toasts");
const template = document.getElementById("progress");

/** A name for what is sent in several requests and undone as one. Works without https too, unlike randomUUID. */
export function token() {
  return [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * Send `orders` ({ids, fields}) to `url`, each with the `shared` fields, and call `told(answer)` after each part.
 * Returns the orders that were not sent (`left`), and why where the server said no (`error`).
 */
export async function inParts(url, shared, orders, told) {
  const parts = partsOf(orders);
  const bar = parts.length >= SHOWN_FROM ? show(orders.length) : null;
  let sent = 0;
  try {
    for (const part of parts) {
      if (bar?.stopped) break;
      const answer = await inOrder(url, shared, part.flatMap((order) => order.fields));
      sent += part.length;
      bar?.at(sent);
      told(answer);
    }
    return { left: orders.slice(sent), error: null };
  } catch (error) {
    return { left: orders.slice(sent), error };
  } finally {
    bar?.remove();
  }
}

function partsOf(orders) {
  const parts = [];
  let room = 0;
  for (const order of orders) {
    if (order.ids.length > room) {
      parts.push([]);
      room = IN_A_PART;
    }
    parts.at(-1).push(order);
    room -= order.ids.length;
  }
  return parts;
}

function show(total) {
  const place = template.content.firstElementChild.cloneNode(true);
  const progress = place.querySelector("progress");
  const bar = {
    stopped: false,
    at(done) {
      progress.value = done;
      place.querySelector("[data-done]").textContent = `${done} / ${total}`;
    },
    remove: () => place.remove(),
  };
  progress.max = total;
  bar.at(0);
  place.querySelector("button").addEventListener("click", () => {
    bar.stopped = true;
  });
  region.append(place);
  return bar;
}
