/** The API's refusals (RFC 9457), and the difference between "refused" and "nobody knows whether it arrived". */
import type { FieldError } from "./model";

interface ProblemDocument {
  type?: string;
  title?: string;
  detail?: string;
  errors?: FieldError[];
}

export class Problem extends Error {
  /** What it is about, for programs: "duplicate", "closed", … */
  readonly code: string;
  readonly errors: FieldError[];

  constructor(
    readonly status: number,
    document: unknown,
    readonly retryAfter: number,
  ) {
    const told = (document ?? {}) as ProblemDocument;
    super(String(told.detail || told.title || ""));
    this.code = String(told.type ?? "").split("#")[1] ?? "";
    this.errors = Array.isArray(told.errors) ? told.errors : [];
  }
}

/** The error as a refusal of the service, or null. By its shape: each loaded file has a class of its own. */
export function refusal(error: unknown): Problem | null {
  return typeof (error as Problem | null)?.status === "number" ? (error as Problem) : null;
}

/** True where sending the same again may help: no answer at all, or an answer that says "not now". */
export function isPassing(error: unknown): boolean {
  return (refusal(error)?.status ?? 500) >= 500;
}
