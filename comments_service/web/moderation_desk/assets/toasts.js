// Short messages in the page's live region. Those with a way back stay for thirty seconds, longer while in use.

const STAYS_MS = 30_000;
const region = document.getElementById("toasts");
const template = document.getElementById("toast");

/** Show `text`; with `undo`, a button that calls it. Returns the toast, so that its undo can be done by key. */
export function tell(text, undo = null) {
  const toast = template.content.firstElementChild.cloneNode(true);
  toast.querySelector("p").textContent = text;
  const button = toast.querySelector("button");
  const entry = { undo: null };
  if (undo) {
    entry.undo = () => {
      toast.remove();
      undo();
    };
    button.addEventListener("click", entry.undo);
  } else {
    button.remove();
  }
  for (const older of [...region.querySelectorAll(".toast:not(.progress)")].slice(0, -2)) older.remove();
  region.append(toast);
  leaveLater(toast);
  return entry;
}

/** Let a toast go after its time, but never while somebody points at it or has it focused. */
export function leaveLater(toast) {
  const look = () => {
    if (toast.matches(":hover, :focus-within")) setTimeout(look, 2_000);
    else toast.remove();
  };
  setTimeout(look, STAYS_MS);
}

for (const toast of region.querySelectorAll(".toast")) leaveLater(toast);
