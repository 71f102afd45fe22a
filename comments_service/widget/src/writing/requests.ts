/** What writing asks of the API. */
import type { Api } from "../api";
import type { FormInfo, OwnView, Posted } from "../model";

export function formInfo(api: Api, url: string): Promise<FormInfo> {
  return api.ask<FormInfo>("GET", "form", { query: { url } });
}

/** `key` makes a repetition harmless: the service answers it with the first answer. */
export function post(api: Api, body: string, key: string): Promise<Posted> {
  return api.ask<Posted>("POST", "comments", { body, headers: { "Idempotency-Key": key } });
}

export function preview(api: Api, body: string): Promise<{ html: string }> {
  return api.ask("POST", "preview", { body: JSON.stringify({ body }) });
}

/** The own comment; with `source` also the text as it was typed. */
export function ownView(api: Api, id: string, token: string, signal?: AbortSignal, source = false): Promise<OwnView> {
  return api.ask<OwnView>("GET", commentPath(id), {
    headers: bearer(token),
    ...(signal && { signal }),
    ...(source && { query: { source: "1" } }),
  });
}

export function commentPath(id: string): string {
  return `comments/${encodeURIComponent(id)}`;
}

export function bearer(token: string): { [name: string]: string } {
  return { Authorization: `Bearer ${token}` };
}
