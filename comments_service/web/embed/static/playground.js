// The playground: draws the widget anew with what was chosen, and writes down what to paste. Everything is text.

const base = document.querySelector("main").dataset.base;
const form = document.getElementById("choices");
const page = document.getElementById("page");
const stage = document.getElementById("stage");
const ATTRIBUTES = ["site", "url", "theme", "lang", "sort", "lazy"];
const WORDS_ID = "comment-words";
const SETTLED_MS = 300;

/** The attributes that were chosen, in the order in which they are written. */
function attributes() {
  return ATTRIBUTES.map((name) => [name, form.elements[name].value.trim()]).filter(([, value]) => value);
}

/** The widget's CSS properties that were set: a colour only where its box is ticked. */
function properties() {
  return [...form.querySelectorAll("[data-property]")]
    .map(({ dataset, value }) => [dataset.property, value.trim()])
    .filter(([name, value]) => value && (form.querySelector(`[data-sets="${name}"]`)?.checked ?? true))
    .filter(([name, value]) => CSS.supports(name, value) && !/[;{}]/.test(value));
}

function words() {
  const given = [...form.querySelectorAll("[data-text]")].filter(({ value }) => value.trim());
  return given.length ? JSON.stringify(Object.fromEntries(given.map(({ dataset, value }) => [dataset.text, value.trim()])), null, 2) : "";
}

/** The element itself; drawn anew only where something changed that is not mere colour. */
function drawElement() {
  const own = words();
  const drawn = JSON.stringify([attributes(), own, form.elements.dir.value]);
  if (stage.dataset.drawn === drawn) return;
  stage.dataset.drawn = drawn;
  const element = document.createElement("comment-section");
  for (const [name, value] of attributes()) element.setAttribute(name, value);
  const texts = document.createElement("div");
  Object.assign(texts, { id: WORDS_ID, hidden: true, textContent: own });
  if (own) element.setAttribute("texts", WORDS_ID);
  page.dir = form.elements.dir.value;
  stage.replaceChildren(texts, ...(form.elements.site.value.trim() ? [element] : ["Type the key of a site to see its comments."]));
}

function drawLooks() {
  page.style.background = form.elements.ground.value;
  page.style.color = form.elements.ink.value;
  stage.removeAttribute("style");
  for (const [name, value] of properties()) stage.style.setProperty(name, value);
}

function escaped(text) {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
}

/** What to paste. In JSON inside a script element, "<" is written so that no text can end the element. */
function snippet(nonce) {
  const own = words().replaceAll("<", "\\u003c");
  const texts = own ? [["texts", WORDS_ID]] : [];
  const chosen = [...attributes(), ...texts].map(([name, value]) => ` ${name}="${escaped(value)}"`).join("");
  const lines = [`<script src="${escaped(base)}/embed.js"${nonce ? ' nonce="NONCE"' : ""} async></script>`];
  if (own) lines.push(`<script type="application/json" id="${WORDS_ID}">${own}</script>`);
  lines.push(`<comment-section${chosen}></comment-section>`);
  return lines.join("\n");
}

function style() {
  const lines = properties().map(([name, value]) => `  ${name}: ${value};`);
  return lines.length ? `comment-section {\n${lines.join("\n")}\n}` : "/* nothing is set: the section looks like the page around it */";
}

function policy(source) {
  const { origin } = new URL(base);
  return [
    "default-src 'none'",
    `script-src ${source ?? origin}`,
    `connect-src ${origin}`,
    "require-trusted-types-for 'script'",
    "trusted-types comments-service",
  ].join(";\n");
}

function write() {
  drawLooks();
  const written = {
    snippet: snippet(false),
    style: style(),
    policy: policy(),
    nonce: `${policy("'nonce-NONCE'")}\n\n${snippet(true)}`,
  };
  for (const [id, text] of Object.entries(written)) document.getElementById(id).textContent = text;
}

async function copy(id) {
  const code = document.getElementById(id);
  const told = document.getElementById("told");
  try {
    await navigator.clipboard.writeText(code.textContent);
    told.textContent = "Copied.";
  } catch {
    // Without the permission, or over plain HTTP: the reader's own keys can do it.
    getSelection().selectAllChildren(code);
    told.textContent = "Selected: press Ctrl+C or ⌘C to copy.";
  }
}

let settling = 0;
form.addEventListener("input", ({ target }) => {
  const box = target.dataset.property && form.querySelector(`[data-sets="${target.dataset.property}"]`);
  if (box) box.checked = true;
  write();
  clearTimeout(settling);
  settling = setTimeout(drawElement, SETTLED_MS);
});
form.addEventListener("submit", (event) => event.preventDefault());
document.addEventListener("click", ({ target }) => target.dataset?.copy && copy(target.dataset.copy));

write();
drawElement();
