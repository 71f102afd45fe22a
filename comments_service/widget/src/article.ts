/** Which article a widget stands under: its attribute, else the page's canonical link, else the address without hash. */

export function articleUrl(host: HTMLElement): string {
  const canonical = document.querySelector('link[rel~="canonical"]')?.getAttribute("href");
  const url = webUrl(host.getAttribute("url")) || webUrl(canonical) || location.href;
  return url.replace(/#.*/, "");
}

/** At most 200 characters, whole ones: the title only helps moderators to know the article, so it may be cut. */
export function articleTitle(host: HTMLElement): string {
  return [...(host.getAttribute("title") || document.title).trim()].slice(0, 200).join("");
}

/** The absolute address, if it is an http(s) one: it becomes the start of the comments' own links. */
function webUrl(given: string | null | undefined): string {
  try {
    const { href } = new URL(given || "/", document.baseURI);
    return given && /^https?:/.test(href) ? href : "";
  } catch {
    return "";
  }
}
