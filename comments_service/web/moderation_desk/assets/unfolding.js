// Fetches what a <details data-unfold="address"> holds when it is opened for the first time; without a script a link
// leads there. What is taken is the page's part that is marked data-fragment.

import { get } from "./sending.js";

async function unfold(details) {
  const { unfold: address } = details.dataset;
  delete details.dataset.unfold;
  const link = details.querySelector("p");
  try {
    const page = await get(address, "text/html");
    const part = page.querySelector("[data-fragment]");
    if (part) link.replaceWith(document.importNode(part, true));
    else details.dataset.unfold = address;
  } catch {
    details.dataset.unfold = address; // opening it again tries again; the link is still there
  }
}

// "toggle" does not bubble.
document.addEventListener(
  "toggle",
  ({ target }) => {
    if (target.open && target.dataset.unfold) unfold(target);
  },
  true,
);
