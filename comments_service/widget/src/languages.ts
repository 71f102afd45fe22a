/**
 * The widget's own words. English comes with the script; every other language is a file in src/texts/, served beside the
 * script and loaded only where it is used, while the comments are under way. What a file lacks is said in English.
 */
import { bare, parse } from "./plain";
import en from "./texts/en.json";

export type Texts = typeof en;

export interface Language {
  lang: string;
  texts: Texts;
}

/** Set by build.mjs: the names of the files in src/texts/. */
declare const LANGUAGES: string[];

const ENGLISH: Language = { lang: "en", texts: en };
const loaded = new Map<string, Promise<Language>>();

/** The first wanted language there are texts for: the attribute's, the page's, the browser's, else English. */
export async function languageFor(host: HTMLElement, base: string): Promise<Language> {
  const page = host.parentElement?.closest("[lang]")?.getAttribute("lang");
  for (const wanted of [host.getAttribute("lang"), page, ...navigator.languages]) {
    const tag = canonical(wanted);
    const file = [tag, tag.split("-")[0]!].find((name) => LANGUAGES.includes(name));
    if (file === "en") return { lang: tag, texts: en };
    if (!file) continue;
    if (!loaded.has(file)) loaded.set(file, load(file, base));
    const { lang, texts } = await loaded.get(file)!;
    return { lang: lang === file ? tag : lang, texts };
  }
  return ENGLISH;
}

async function load(lang: string, base: string): Promise<Language> {
  try {
    const answer = await fetch(`${base}embed/texts/${lang}.json`, bare<RequestInit>({ credentials: "omit" }));
    const texts = answer.ok && (parse(await answer.text()) as Texts | undefined);
    if (texts) return { lang, texts: { ...en, ...texts } };
  } catch {
    // English words under a German article are better than no comments.
  }
  loaded.delete(lang);
  return ENGLISH;
}

/** "DE_at" and other wrong tags give "", never an exception. */
function canonical(tag: string | null | undefined): string {
  try {
    return Intl.getCanonicalLocales(tag || undefined)[0] ?? "";
  } catch {
    return "";
  }
}

/** "1 comment", "3 comments", in the grammar of the language. */
export function plural(count: number, forms: { one: string; other: string }, lang: string): string {
  const form = new Intl.PluralRules(lang).select(count) === "one" ? forms.one : forms.other;
  return form.replace("{n}", new Intl.NumberFormat(lang).format(count));
}
