// Makes the queue quick: keys, deciding in place, choosing several, live counts. Every form works without it too.

import { extend, picked, pickTo, showBulk } from "./choosing.js";
import { showCounts } from "./counts.js";
import { decide, undoLast } from "./deciding.js";
import { articles, begin, current, loadNew, move, queue } from "./list.js";
import { get } from "./sending.js";
import { askingFor, showColleagues } from "./presence.js";
import { togetherKeys } from "./together.js";
import "./unfolding.js";

const KEYS_OFF = "comments-desk-keys-off";
const LOOK_EVERY_MS = 15_000;

const sheet = document.getElementById("keys");
const bulk = document.getElementById("bulk");
const keysOn = sheet.querySelector("[data-keys-on]");

let latest = null; // the button that was pressed last, as a selector

document.documentElement.classList.add("scripted");

// --- forms ---

document.addEventListener("submit", (event) => {
  const { target: form, submitter } = event;
  const single = form.matches("[data-decide]");
  if (!submitter || !(single || form.matches("[data-bulk]"))) return;
  event.preventDefault();
  const chosen = single ? [form.closest("article.item")] : picked();
  if (!chosen.length) return;
  closeMenus();
  latest = `button[name="${submitter.name}"][value="${submitter.value}"]`;
  decide(chosen, form, submitter).finally(showBulk);
  showBulk();
});

// --- menus ---

function closeMenus(except = null) {
  for (const menu of document.querySelectorAll("[data-menu][open]")) if (menu !== except) menu.open = false;
}

document.addEventListener("click", (event) => closeMenus(event.target.closest("[data-menu]")));

function openMenu(menu) {
  closeMenus(menu);
  menu.open = true;
  menu.querySelector("[data-first], button").focus();
}

// --- keys ---

// What each key does; the sheet in queue.html says it in words. With Shift a letter arrives as a capital.
const KEYS = {
  j: () => move(1),
  k: () => move(-1),
  a: () => press('[name="decision"][value="approve"]'),
  s: () => press('[name="decision"][value="spam"]'),
  d: () => press('[name="decision"][value="delete"]'),
  r: () => onChosen((place) => {
    const menu = place.querySelector("[data-menu]");
    if (menu) openMenu(menu);
  }),
  ".": () => latest && press(latest),
  u: undoLast,
  x: () => onCurrent((article) => article.querySelector("[data-pick]")?.click()),
  J: () => extend(1),
  K: () => extend(-1),
  X: () => onCurrent(pickTo),
  e: () => onCurrent((article) => article.querySelector("[data-edit]")?.click()),
  o: () => onCurrent((article) => article.querySelector(".place a")?.click()),
  t: () => onCurrent((article) => article.querySelector("[data-around] summary").click()),
  "?": () => sheet.showModal(),
  ...togetherKeys(onCurrent, onChosen, openMenu),
};

function onCurrent(act) {
  const article = current();
  if (article) act(article);
  else move(1);
}

/** What is chosen goes before what is current. */
function onChosen(act) {
  if (picked().length) act(bulk);
  else onCurrent(act);
}

function press(button) {
  onChosen((place) => place.querySelector(button)?.click());
}

function reasonByNumber(event) {
  const menu = document.querySelector("[data-menu][open]");
  const button = menu?.querySelectorAll('button[name="reject_reason"]')[Number(event.key) - 1];
  if (button) button.click();
  return Boolean(button);
}

/** A letter by whether Shift is held, so that a locked Shift key changes nothing. */
function nameOf({ key, shiftKey }) {
  if (!/^[a-z]$/i.test(key)) return key;
  return shiftKey ? key.toUpperCase() : key.toLowerCase();
}

function typing(target) {
  return target.closest("input:not([type=checkbox]), textarea, select, [contenteditable], dialog") !== null;
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || sheet.open) return;
  if (event.key === "Escape") {
    const open = document.querySelector("[data-menu][open]");
    closeMenus();
    open?.querySelector("summary").focus();
    return;
  }
  if (typing(event.target) || event.repeat || !keysOn.checked) return;
  if (reasonByNumber(event)) return event.preventDefault();
  const act = KEYS[nameOf(event)];
  if (!act) return;
  event.preventDefault();
  act();
});

// Single keys get in the way of those who speak to their computer: they can be switched off on this device.
keysOn.checked = localStorage.getItem(KEYS_OFF) === null;
keysOn.addEventListener("change", () => {
  if (keysOn.checked) localStorage.removeItem(KEYS_OFF);
  else localStorage.setItem(KEYS_OFF, "1");
});

const opener = document.querySelector("[data-keys]");
opener.hidden = false;
opener.addEventListener("click", () => sheet.showModal());

// --- counts ---

async function look() {
  if (document.visibilityState === "visible") {
    await get(askingFor(queue.dataset.counts), "application/json").then(refresh, () => {}); // the next look tries again
  }
  setTimeout(look, LOOK_EVERY_MS);
}

function refresh({ counts, watched, changed }) {
  showCounts(counts);
  showColleagues(watched, changed);
  return loadNew(counts[queue.dataset.view]);
}

setTimeout(look, LOOK_EVERY_MS);
showBulk();
begin();
