/**
 * The one place where a string becomes HTML.
 *
 * The server has made it safe already (Markdown, then an allow-list). It is parsed here once more into an inert template
 * and cut to the same list, so that one mistake on the server cannot run code in every page that embeds the widget.
 */
interface Policy {
  createHTML(html: string): string;
}

const ALLOWED = new Set("P BR EM STRONG DEL CODE PRE BLOCKQUOTE UL OL LI A".split(" "));

let policy: Policy | undefined;

/** Made at the first use: a page that never shows a comment needs no policy, and a second script makes no second one. */
function trusted(html: string): string {
  const factory = (globalThis as { trustedTypes?: { createPolicy(name: string, rules: Policy): Policy } }).trustedTypes;
  policy ??= factory?.createPolicy("comments-service", { createHTML: (text) => text }) ?? { createHTML: (text) => text };
  return policy.createHTML(html);
}

export function safeHtml(html: string): DocumentFragment {
  const template = document.createElement("template");
  try {
    template.innerHTML = trusted(html);
  } catch {
    // The page allows Trusted Types, but not our policy: words without markup are better than nothing.
    template.content.append(html.replace(/<[^>]*>/g, " "));
  }
  for (const element of template.content.querySelectorAll("*")) prune(element);
  return template.content;
}

function prune(element: Element): void {
  if (!ALLOWED.has(element.tagName)) return element.remove();
  for (const { name } of [...element.attributes]) {
    if (element.tagName !== "A" || (name !== "href" && name !== "rel")) element.removeAttribute(name);
  }
  if (element.hasAttribute("href") && !webAddress(element.getAttribute("href"))) element.removeAttribute("href");
}

/** The address if it is an absolute http(s) one, else "". */
export function webAddress(text: string | null | undefined): string {
  return /^https?:\/\/[^\s]/i.test(text ?? "") ? text! : "";
}
