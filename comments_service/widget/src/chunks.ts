/**
 * What is not needed to read is loaded when it is first wanted: `writing` by whoever touches the form or waits for a
 * review, `acting` by whoever presses a button below a comment. Both come from where the script came from.
 */
import type { Acting } from "./acting";
import type { Writing } from "./writing";

/** Set by build.mjs: a hash of each file's content, so that it may be kept for ever. */
declare const CHUNK_VERSIONS: { writing: string; acting: string };

export interface Chunks {
  /** Rejects where it cannot be loaded, after saying so. */
  writing(): Promise<Writing>;
  /** Hands over what acts, once it is here. `quietly`: nobody asked for it just now, so a failure is not told. */
  acting(use: (acting: Acting) => void, quietly?: boolean): void;
}

const modules = new Map<string, Promise<unknown>>();
let failures = 0;

export function chunksFor(base: string, tellFailure: () => void): Chunks {
  return {
    async writing() {
      try {
        return (await load(base, "writing")) as Writing;
      } catch (error) {
        tellFailure();
        throw error;
      }
    },
    acting(use, quietly = false) {
      load(base, "acting").then(
        (acting) => use(acting as Acting),
        () => quietly || tellFailure(),
      );
    },
  };
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
