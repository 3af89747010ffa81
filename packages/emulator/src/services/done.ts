import type { Call } from "./call.ts";

/** The confirmation of a change: misspelt in the dated generation, both spellings in the current one. */
export function done(call: Call): { readonly succeded: true; readonly succeeded?: true } {
  return call.generation === "v3" ? { succeeded: true, succeded: true } : { succeded: true };
}
