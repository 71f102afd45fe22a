/** Buttons that put Markdown around what is selected, and the preview, rendered by the service exactly as it will be. */
import { button, h } from "../element";
import { refusal } from "../problem";
import type { Surroundings } from "../surroundings";
import type { write } from "../texts/en.json";
import { preview } from "./requests";

type Texts = typeof write;

/** What stands before and after the selection; `line` goes before each of its lines instead. */
interface Mark {
  key: "bold" | "italic" | "link" | "quote" | "code" | "list";
  sign: string;
  before: string;
  after: string;
  line?: boolean;
}

const MARKS: Mark[] = [
  { key: "bold", sign: "B", before: "**", after: "**" },
  { key: "italic", sign: "I", before: "*", after: "*" },
  { key: "link", sign: "↗\uFE0E", before: "[", after: "](https://)" },
  { key: "quote", sign: "❝", before: "> ", after: "", line: true },
  { key: "code", sign: "</>", before: "`", after: "`" },
  { key: "list", sign: "•", before: "- ", after: "", line: true },
];

export function toolbar(around: Surroundings, area: HTMLTextAreaElement, texts: Texts): HTMLElement {
  const tools = MARKS.map((mark) =>
    button(mark.sign, () => apply(area, mark), {
      class: `quiet tool-${mark.key}`,
      title: texts[`tool_${mark.key}`],
      "aria-label": texts[`tool_${mark.key}`],
      tabindex: mark === MARKS[0] ? 0 : -1,
    }),
  );
  const bar = h("div", { class: "tools", part: "tools", role: "toolbar", "aria-label": texts.tools, "aria-controls": area.id }, ...tools);
  bar.addEventListener("keydown", (event) => walk(event, tools));
  return h("div", { class: "bar" }, bar, previewButton(around, area, bar, texts));
}

/** One stop for Tab, arrows within: as the toolbar pattern of WAI-ARIA has it. */
function walk(event: KeyboardEvent, tools: HTMLElement[]): void {
  const now = tools.indexOf(event.target as HTMLElement);
  const forward = getComputedStyle(tools[0]!).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
  const steps: { [key: string]: number } = { ArrowLeft: now - 1, ArrowRight: now + 1, Home: 0, End: tools.length - 1 };
  if (forward === "ArrowLeft") [steps.ArrowLeft, steps.ArrowRight] = [now + 1, now - 1];
  if (now < 0 || !Object.hasOwn(steps, event.key)) return;
  event.preventDefault();
  const next = (steps[event.key]! + tools.length) % tools.length;
  tools.forEach((tool, index) => (tool.tabIndex = index === next ? 0 : -1));
  tools[next]!.focus();
}

function apply(area: HTMLTextAreaElement, { key, before, after, line }: Mark): void {
  if (area.readOnly) return;
  const { selectionStart: start, selectionEnd: end, value } = area;
  const selected = value.slice(start, end);
  const inside = line ? selected.replace(/^/gm, before) : before + selected + after;
  const lead = line && start > 0 && value[start - 1] !== "\n" ? "\n" : "";
  area.focus();
  // As typed by the reader, so that the browser's own undo takes it back.
  if (!document.execCommand("insertText", false, lead + inside)) area.setRangeText(lead + inside, start, end, "end");
  area.dispatchEvent(new Event("input", { bubbles: true }));
  const from = start + lead.length + before.length;
  if (key === "link" && selected) area.setSelectionRange(from + selected.length + 2, from + selected.length + 10);
  else if (!line) area.setSelectionRange(from, from + selected.length);
}

function previewButton(around: Surroundings, area: HTMLTextAreaElement, bar: HTMLElement, texts: Texts): HTMLElement {
  const shown = h("div", { class: "content preview", part: "preview", role: "region", "aria-label": texts.preview, tabindex: 0, hidden: true, dir: "auto" });
  area.after(shown);
  const show = (previewing: boolean): void => {
    area.hidden = bar.hidden = previewing;
    shown.hidden = !previewing;
    toggle.textContent = previewing ? texts.preview_back : texts.preview;
    toggle.setAttribute("aria-pressed", String(previewing));
  };
  const toggle = button(texts.preview, async () => {
    if (!shown.hidden) {
      show(false);
      return area.focus();
    }
    const text = area.value.trim();
    try {
      shown.replaceChildren(text ? around.html((await preview(around.api, text)).html) : texts.preview_empty);
      show(true);
      shown.focus();
    } catch (error) {
      around.announce((/^en\b/.test(around.lang) && refusal(error)?.message) || around.texts.failed);
    }
  }, { class: "quiet", "aria-pressed": "false" });
  area.form?.addEventListener("submit", () => show(false));
  return toggle;
}
