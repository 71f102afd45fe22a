/** What acting asks of the API. */
import type { Api } from "../api";
import type { OwnView } from "../model";
import { bearer, commentPath } from "../writing/requests";

export interface Notice {
  explanation: string;
  law?: string;
  name?: string;
  email?: string;
  good_faith: boolean;
  child_abuse?: boolean;
  lang: string;
}

export function edit(api: Api, id: string, token: string, body: string): Promise<OwnView> {
  return api.ask<OwnView>("PATCH", commentPath(id), { body: JSON.stringify({ body }), headers: bearer(token) });
}

export function withdraw(api: Api, id: string, token: string): Promise<unknown> {
  return api.ask("DELETE", commentPath(id), { headers: bearer(token) });
}

export function restore(api: Api, id: string, token: string): Promise<OwnView> {
  return api.ask<OwnView>("POST", `${commentPath(id)}/restore`, { headers: bearer(token) });
}

export function vote(api: Api, id: string, value: number, voter: string): Promise<unknown> {
  return api.ask("POST", `${commentPath(id)}/votes`, { body: JSON.stringify({ value, voter }) });
}

export function report(api: Api, id: string, reason: string, note: string): Promise<unknown> {
  return api.ask("POST", `${commentPath(id)}/reports`, { body: JSON.stringify(note ? { reason, note } : { reason }) });
}

export function giveNotice(api: Api, id: string, notice: Notice): Promise<{ reference: string }> {
  return api.ask("POST", `${commentPath(id)}/notices`, { body: JSON.stringify(notice) });
}

export function follow(api: Api, url: string, email: string, lang: string): Promise<unknown> {
  return api.ask("POST", "follows", { body: JSON.stringify({ url, email, lang }) });
}
