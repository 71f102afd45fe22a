/**
 * What this browser remembers for one site: edit tokens of the reader's own comments, and how the reader voted.
 * Nothing is written before the reader has posted or voted, and never an e-mail address.
 */
import { bare, parse } from "./plain";
import { randomKey } from "./random";

export interface OwnRecord {
  id: string;
  token: string;
  url: string;
  /** Until when (milliseconds since 1970) the comment may be edited or deleted. */
  until: number;
}

interface Memory {
  own: OwnRecord[];
  votes: { [id: string]: number };
  voter: string;
}

/** More would only be old comments, which their tokens can no longer change. */
const KEPT = 100;

export class Device {
  readonly #key: string;
  /** Stands in where the browser forbids storage: then the tokens live as long as the page. */
  #fallback = "";

  constructor(base: string, site: string) {
    this.#key = `comments-service:${base}:${site}`;
  }

  own(url: string): OwnRecord[] {
    return this.#load().own.filter((record) => record.url === url);
  }

  find(id: string): OwnRecord | undefined {
    return this.#load().own.find((record) => record.id === id);
  }

  keep(record: OwnRecord): void {
    this.#change((memory) => (memory.own = [...memory.own.filter(({ id }) => id !== record.id), record].slice(-KEPT)));
  }

  forget(id: string): void {
    this.#change((memory) => (memory.own = memory.own.filter((record) => record.id !== id)));
  }

  vote(id: string): number {
    return this.#load().votes[id] ?? 0;
  }

  /** Remembers a vote and gives the random name under which this browser votes on this site. */
  keepVote(id: string, value: number): string {
    return this.#change((memory) => {
      memory.voter ||= randomKey();
      memory.votes[id] = value;
      return memory.voter;
    });
  }

  #load(): Memory {
    let text: string | null = this.#fallback;
    try {
      text = localStorage.getItem(this.#key) ?? text;
    } catch {
      // Storage is forbidden here; the fallback has what there is.
    }
    const { own, votes, voter } = bare({ ...(parse(text) as Partial<Memory> | undefined) });
    return { own: Array.isArray(own) ? own : [], votes: bare({ ...votes }), voter: voter ?? "" };
  }

  #change<T>(act: (memory: Memory) => T): T {
    const memory = this.#load();
    const result = act(memory);
    this.#fallback = JSON.stringify(memory);
    try {
      localStorage.setItem(this.#key, this.#fallback);
    } catch {
      // As above.
    }
    return result;
  }
}
