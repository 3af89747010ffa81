import type { Parameter } from "./document.ts";

/** Name of a parameter in the flat input of a facade call. A query parameter that is called as one of the path gets `InQuery` behind it. */
export function inputName({ name, in: place }: Parameter, all: readonly Parameter[]): string {
  const hasTwin = place === "query" && all.some((other) => other.in === "path" && other.name === name);
  return hasTwin ? `${name}InQuery` : name;
}
