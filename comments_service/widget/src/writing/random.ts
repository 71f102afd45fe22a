/** 128 random bits as hexadecimal. Not `crypto.randomUUID`: pages served by plain http, where the widget works too, lack it. */

export function randomKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
