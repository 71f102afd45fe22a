/**
 * The widget's own words. English comes with the script; every other language is a file, served beside the script and
 * loaded only where it is used, while the comments are under way. What a file lacks is said in English.
 */
import { bare, parse } from "./plain";
import { read } from "./texts/en.json";

export type Forms = { [category: string]: string };
export type Words = { [key: string]: string | Forms };
export type Texts = typeof read;

export interface Language {
  lang: string;
  /** The texts of one group ("read", "write", "act") over the English ones given. */
  words<T extends object>(group: string, english: T): T;
}

type File = { [group: string]: object };

/** Set by build.mjs: the languages there are files for, English among them. */
declare const LANGUAGES: string[];

const loaded = new Map<string, Promise<File>>();
const NONE: File = bare({});

/** The first wanted language there are texts for: the attribute's, the page's, the browser's, else English. */
export async function languageFor(host: HTMLElement, base: string): Promise<Language> {
  const own = ownTexts(host);
  const page = host.parentElement?.closest("[lang]")?.getAttribute("lang");
  for (const wanted of [host.getAttribute("lang"), page, ...navigator.languages]) {
    const tag = canonical(wanted);
    const name = fileOf(tag);
    if (name === "en") return language(tag, NONE, own);
    const file = name && (await fetched(name, base));
    if (file) return language(tag, file, own);
  }
  return language("en", NONE, own);
}

function language(lang: string, file: File, own: object): Language {
  return { lang, words: (group, english) => bare({ ...english, ...file[group], ...fitting(own, english) }) };
}

/** "de-AT" is served by "de", "zh-HK" by "zh-TW". */
function fileOf(tag: string): string {
  const language = tag.split("-")[0]!;
  // Which script a reader of Chinese expects is a table of the browser's, slow to open: only they need it.
  const traditional = language === "zh" && new Intl.Locale(tag).maximize().script === "Hant" ? "zh-TW" : "";
  const norwegian = /^n[on]$/.test(language) ? "nb" : "";
  return [tag, traditional, norwegian, language].find((name) => LANGUAGES.includes(name)) ?? "";
}

/** English words under a German article are better than no comments: a failure gives an empty file, and is not kept. */
async function fetched(name: string, base: string): Promise<File> {
  if (!loaded.has(name)) loaded.set(name, load(name, base));
  const file = await loaded.get(name)!;
  if (file === NONE) loaded.delete(name);
  return file;
}

async function load(name: string, base: string): Promise<File> {
  try {
    const answer = await fetch(`${base}embed/texts/${name}.json`, bare<RequestInit>({ credentials: "omit" }));
    return (answer.ok && (parse(await answer.text()) as File | undefined)) || NONE;
  } catch {
    return NONE;
  }
}

/** Texts of the publisher's own: `texts` names a <script type="application/json"> that stands before the element. */
function ownTexts(host: HTMLElement): object {
  const id = host.getAttribute("texts");
  return (id && (parse(document.getElementById(id)?.textContent ?? "") as object | undefined)) || NONE;
}

/** Only what is of the kind that stands there otherwise: words for words, plural forms for plural forms. */
function fitting(own: object, english: object): object {
  const usual = english as Words;
  const said = ([key, text]: [string, Words[string] | null]): boolean =>
    text !== null && typeof text === typeof usual[key] && Object.values(text).every((form) => typeof form === "string");
  return Object.fromEntries(Object.entries(own).filter(said));
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
export function plural(count: number, forms: Forms, lang: string): string {
  const form = forms[new Intl.PluralRules(lang).select(count)] ?? forms.other ?? "{n}";
  return form.replace("{n}", new Intl.NumberFormat(lang).format(count));
}
