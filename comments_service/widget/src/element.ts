/** Builds DOM. Everything typed by anybody arrives as text; the only way to HTML is safe_html.ts. */

export type Attribute = string | number | boolean | null | undefined | ((event: Event) => void);
type Child = Node | string | false | null | undefined;

/** `h("button", { type: "button", click: act }, "Send")`: functions listen, true is an empty attribute, false is none. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: { [name: string]: Attribute } = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value !== false && value != null) element.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of children) if (child) element.append(child);
  return element;
}

export function button(text: string, act: () => unknown, attributes: { [name: string]: Attribute } = {}): HTMLButtonElement {
  return h("button", { type: "button", part: "button", click: act, ...attributes }, text);
}

/** Fills "{name}" in a text. The values stay text. */
export function fill(text: string, values: { [name: string]: string }): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (Object.hasOwn(values, name) ? values[name]! : whole));
}
