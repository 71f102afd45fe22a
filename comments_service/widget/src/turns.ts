/** Turns of loading: a slow answer to an earlier one is never shown over a later one, and drawing leaves room to breathe. */

export interface Turn {
  /** Whether it is still this turn's: no later one has begun, and the widget is still on the page. */
  readonly holds: boolean;
}

export class Turns {
  #count = 0;

  constructor(private readonly signal: AbortSignal) {}

  next(): Turn {
    this.#count++;
    return this.current;
  }

  get current(): Turn {
    const [mine, turns] = [this.#count, this];
    return {
      get holds() {
        return mine === turns.#count && !turns.signal.aborted;
      },
    };
  }
}

/** Lets the browser paint and answer the reader. A tab in the background slows timers, so there nothing waits for them. */
export function rest(): Promise<void> {
  return document.hidden ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve));
}
