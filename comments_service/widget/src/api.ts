/** The public API as the widget uses it. One method a request; no cookies, nothing kept, nothing decided here. */
import type { FormInfo, OwnView, Posted, ThreadPage } from "./model";
import { bare, parse } from "./plain";
import { Problem } from "./problem";

type Query = [name: string, value: string][];

/** After this a silent connection counts as broken, so that what was written can be sent again. */
const PATIENCE_MS = 20_000;

export class Api {
  readonly #root: string;

  constructor(
    /** Where the script came from, with a slash at its end: https://host/comments/ */
    readonly base: string,
    readonly site: string,
  ) {
    this.#root = `${base}api/v1/sites/${encodeURIComponent(site)}/`;
  }

  /** A page of the thread; with `parent` a page of that comment's replies. */
  thread(url: string, sort: string, signal: AbortSignal, cursor = "", parent = ""): Promise<ThreadPage> {
    const query: Query = [["url", url], ["sort", sort]];
    if (cursor) query.push(["cursor", cursor]);
    if (parent) query.push(["parent", parent]);
    return this.#ask<ThreadPage>("GET", "comments", query, null, {}, signal);
  }

  counts(urls: string[]): Promise<{ counts: { [url: string]: number } }> {
    return this.#ask("GET", "counts", urls.map((url) => ["url", url]));
  }

  form(url: string): Promise<FormInfo> {
    return this.#ask<FormInfo>("GET", "form", [["url", url]]);
  }

  post(body: string, key: string): Promise<Posted> {
    return this.#ask<Posted>("POST", "comments", [], body, { "Idempotency-Key": key });
  }

  /** The own comment, as `query` asks for it: [["source", "1"]] brings the text as it was typed. */
  own(id: string, token: string, signal: AbortSignal, query: Query = []): Promise<OwnView> {
    return this.#ask<OwnView>("GET", commentPath(id), query, null, bearer(token), signal);
  }

  edit(id: string, token: string, body: string): Promise<OwnView> {
    return this.#ask<OwnView>("PATCH", commentPath(id), [], JSON.stringify({ body }), bearer(token));
  }

  withdraw(id: string, token: string): Promise<unknown> {
    return this.#ask("DELETE", commentPath(id), [], null, bearer(token));
  }

  vote(id: string, value: number, voter: string): Promise<unknown> {
    return this.#ask("POST", `${commentPath(id)}/votes`, [], JSON.stringify({ value, voter }));
  }

  report(id: string, reason: string, note: string): Promise<unknown> {
    const body = JSON.stringify(note ? { reason, note } : { reason });
    return this.#ask("POST", `${commentPath(id)}/reports`, [], body);
  }

  async #ask<T>(
    method: string,
    path: string,
    query: Query = [],
    body: string | null = null,
    headers: { [name: string]: string } = {},
    signal = AbortSignal.timeout(PATIENCE_MS),
  ): Promise<T> {
    if (body) headers["Content-Type"] = "application/json";
    const init: RequestInit = { method, body, headers: bare(headers), credentials: "omit", signal };
    const search = query.length ? `?${new URLSearchParams(query)}` : "";
    return read<T>(await fetch(this.#root + path + search, bare(init)));
  }
}

async function read<T>(answer: Response): Promise<T> {
  const text = await answer.text();
  const data = parse(text);
  if (!answer.ok) throw new Problem(answer.status, data, Number(answer.headers.get("Retry-After")) || 0);
  // A 2xx cut off on its way must not pass for an answer: as a TypeError it is tried again like any broken connection.
  if (text && data === undefined) throw new TypeError("broken answer");
  return data as T;
}

function commentPath(id: string): string {
  return `comments/${encodeURIComponent(id)}`;
}

function bearer(token: string): { [name: string]: string } {
  return { Authorization: `Bearer ${token}` };
}
