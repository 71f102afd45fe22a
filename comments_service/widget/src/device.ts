/**
 * What this browser remembers for one site, and only after the reader did something that needs it: edit tokens of own
 * comments, votes, hidden authors, the draft being written; name, email and website only where the reader ticked that.
 */
import { bare, parse } from "./plain";

export interface OwnRecord {
  id: string;
  token: string;
  url: string;
  /** Until when (milliseconds since 1970) the comment may be edited or deleted. */
  until: number;
}

export interface KeptDraft {
  body: string;
  /** Of a sending that nobody answered: the comment it was a reply to, and its idempotency key. */
  to?: string;
  key?: string;
}

export interface Memory {
  own: OwnRecord[];
  votes: { [id: string]: number };
  /** The random name under which this browser votes on this site. */
  voter: string;
  /** Names of authors whose comments are folded away. */
  hidden: string[];
  /** What is being written, by article. */
  drafts: { [url: string]: KeptDraft };
  me: { [field: string]: string };
}

/** More would only be old comments, which their tokens can no longer change. */
const KEPT = 100;

export class Device {
  readonly #key: string;
  /** Stands in where the browser forbids storage: then everything lives as long as the page. */
  #fallback = "";
  #text = "";
  #memory = memoryIn("");

  constructor(base: string, site: string) {
    this.#key = `comments-service:${base}:${site}`;
  }

  /** What is remembered now. Not to be changed: that is what `change` is for. */
  get memory(): Readonly<Memory> {
    let text: string | null = this.#fallback;
    try {
      text = localStorage.getItem(this.#key) ?? text;
    } catch {
      // Storage is forbidden here; the fallback has what there is.
    }
    if (text !== this.#text) {
      this.#text = text;
      this.#memory = memoryIn(text);
    }
    return this.#memory;
  }

  change(act: (memory: Memory) => void): void {
    const memory = { ...this.memory };
    act(memory);
    this.#fallback = JSON.stringify(memory);
    try {
      localStorage.setItem(this.#key, this.#fallback);
    } catch {
      // As above.
    }
  }

  own(url: string): OwnRecord[] {
    return this.memory.own.filter((record) => record.url === url);
  }

  find(id: string): OwnRecord | undefined {
    return this.memory.own.find((record) => record.id === id);
  }

  keep(record: OwnRecord): void {
    this.change((memory) => (memory.own = [...memory.own.filter(({ id }) => id !== record.id), record].slice(-KEPT)));
  }

  forget(id: string): void {
    this.change((memory) => (memory.own = memory.own.filter((record) => record.id !== id)));
  }
}

/** Whatever stands in the browser's storage, anybody's script may have put there: only shapes that are expected count. */
function memoryIn(text: string): Memory {
  const { own, votes, voter, hidden, drafts, me } = bare({ ...(parse(text) as Partial<Memory> | undefined) });
  return {
    own: Array.isArray(own) ? own : [],
    votes: bare({ ...votes }),
    voter: voter ?? "",
    hidden: Array.isArray(hidden) ? hidden : [],
    drafts: bare({ ...drafts }),
    me: bare({ ...me }),
  };
}
