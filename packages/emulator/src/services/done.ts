import type { Call } from "./call.ts";

/** The confirmation of a change: misspelt in v2, both spellings in v3. */
export function done(call: Call): { readonly succeded: true; readonly succeeded?: true } {
  return call.generation === "v3" ? { succeeded: true, succeded: true } : { succeded: true };
}
