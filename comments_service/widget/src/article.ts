/** Which article a widget stands under: its attribute, else the page's canonical link, else the address without hash. */

export function articleUrl(host: HTMLElement): string {
  const canonical = document.querySelector<HTMLLinkElement>('link[rel~="canonical"][href]');
  const given = host.getAttribute("url") || canonical?.getAttribute("href") || location.href;
  try {
    const url = new URL(given, document.baseURI);
    url.hash = "";
    return url.href;
  } catch {
    return location.href.replace(/#.*/s, "");
  }
}

/** At most 200 characters, whole ones: the title only helps moderators to know the article, so it may be cut. */
export function articleTitle(host: HTMLElement): string {
  return [...(host.getAttribute("title") || document.title).trim()].slice(0, 200).join("");
}
