/** Objects without a prototype, so that a page which adds to Object.prototype cannot add to our requests or options. */

export function bare<T extends object>(value: T): T {
  return Object.setPrototypeOf(value, null) as T;
}

/** Parses JSON into objects without a prototype; undefined when the text is not JSON. */
export function parse(text: string): unknown {
  try {
    return JSON.parse(text, (_, value: unknown) =>
      value !== null && typeof value === "object" && !Array.isArray(value) ? bare(value) : value,
    );
  } catch {
    return undefined;
  }
}
