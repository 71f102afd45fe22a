/**
 * What is not needed to read is loaded when it is first wanted: `writing` by whoever touches the form or waits for a
 * review, `acting` by whoever presses a button below a comment. Both come from where the script came from.
 */
import type { Acting } from "./acting";
import type { Writing } from "./writing";

/** Set by build.mjs: a hash of each file's content, so that it may be kept for ever. */
declare const CHUNK_VERSIONS: { writing: string; acting: string };

export interface Chunks {
  writing(): Promise<Writing>;
  acting(): Promise<Acting>;
}

const modules = new Map<string, Promise<unknown>>();
let failures = 0;

export function chunksFor(base: string, announceFailure: () => void): Chunks {
  const wanted = async <T>(name: "writing" | "acting"): Promise<T> => {
    try {
      return (await load(base, name)) as T;
    } catch (error) {
      announceFailure();
      throw error;
    }
  };
  return { writing: () => wanted<Writing>("writing"), acting: () => wanted<Acting>("acting") };
}

function load(base: string, name: "writing" | "acting"): Promise<unknown> {
  // A browser may remember that an address failed, so another try has another one.
  const again = failures ? `&try=${failures}` : "";
  let asked = modules.get(name);
  if (!asked) {
    asked = import(`${base}embed/${name}.js?v=${CHUNK_VERSIONS[name]}${again}`);
    modules.set(name, asked);
    asked.catch(() => {
      failures++;
      modules.delete(name);
    });
  }
  return asked;
}
