/** <comment-count site url>: how many comments an article has. All counts of a site on a page share one request. */
import { Api } from "./api";
import { articleUrl } from "./article";
import { CommentSection } from "./comment_section";
import { languageFor, plural } from "./languages";
import { PageElement } from "./page_element";
import { read } from "./texts/en.json";

/** Keeps the address of a request below what servers and proxies take. */
const AT_ONCE = 40;

const waiting = new Map<string, Set<CommentCount>>();

export class CommentCount extends PageElement {
  static readonly observedAttributes = ["site", "url", "lang"];

  connectedCallback(): void {
    const site = this.getAttribute("site");
    if (!site) return console.error('<comment-count> needs the key of its site: <comment-count site="…">');
    if (!waiting.size) setTimeout(askAll);
    if (!waiting.has(site)) waiting.set(site, new Set());
    waiting.get(site)!.add(this);
  }

  attributeChangedCallback(_name: string, before: string | null): void {
    if (before !== null && this.isConnected) this.connectedCallback();
  }

  /** Whatever stood inside (a dash, a link text) stays until the number is known. */
  async show(count: number): Promise<void> {
    const { lang, words } = await languageFor(this, CommentSection.base);
    this.textContent = plural(count, words("read", read).count, lang);
  }
}

function askAll(): void {
  for (const [site, elements] of waiting) {
    const wanted = [...elements];
    for (let start = 0; start < wanted.length; start += AT_ONCE) {
      void ask(site, wanted.slice(start, start + AT_ONCE));
    }
  }
  waiting.clear();
}

async function ask(site: string, elements: CommentCount[]): Promise<void> {
  const urls = elements.map(articleUrl);
  try {
    const { counts } = await new Api(CommentSection.base, site).counts([...new Set(urls)]);
    elements.forEach((element, index) => void element.show(counts[urls[index]!] ?? 0));
  } catch {
    // A missing number is no reason to disturb the page: what stands inside the element stays.
  }
}
