/** How the widget asks the public API: no cookies, nothing kept, nothing decided here. Writing has its own requests. */
import type { ThreadPage } from "./model";
import { bare, parse } from "./plain";
import { Problem } from "./problem";

export type Query = { [name: string]: string };

export interface Asking {
  query?: Query | [name: string, value: string][];
  /** Sent as JSON. */
  body?: string;
  headers?: { [name: string]: string };
  signal?: AbortSignal;
}

/** After this a silent connection counts as broken, so that what was written can be sent again. */
const PATIENCE_MS = 20_000;

export class Api {
  readonly root: string;

  constructor(
    /** Where the script came from, with a slash at its end: https://host/comments/ */
    readonly base: string,
    readonly site: string,
  ) {
    this.root = `${base}api/v1/sites/${encodeURIComponent(site)}/`;
  }

  /** A page of the thread, as `query` asks for it. */
  thread(query: Query, signal: AbortSignal): Promise<ThreadPage> {
    return this.ask<ThreadPage>("GET", "comments", { query, signal });
  }

  counts(urls: string[]): Promise<{ counts: { [url: string]: number } }> {
    return this.ask("GET", "counts", { query: urls.map((url) => ["url", url]) });
  }

  /** Throws a Problem where the service refuses, a TypeError or DOMException where nothing whole came back. */
  async ask<T>(method: string, path: string, asking: Asking = {}): Promise<T> {
    const { query, body, headers = {}, signal = AbortSignal.timeout(PATIENCE_MS) } = bare(asking);
    if (body) headers["Content-Type"] = "application/json";
    const init: RequestInit = { method, body: body ?? null, headers: bare(headers), credentials: "omit", signal };
    return read<T>(await fetch(this.root + path + (query ? `?${new URLSearchParams(query)}` : ""), bare(init)));
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
