import { ghlError } from "@ghlkit/core";

/** What Node.js, Bun, Deno and the bundlers throw for a module that is not there. */
const codes = new Set<unknown>(["ERR_MODULE_NOT_FOUND", "MODULE_NOT_FOUND"]);
const words = /cannot find (module|package)|could not resolve|module not found/i;

/**
 * The error of a package that could not be loaded: what to install where it is not there, else the failure as it came.
 * @param packages As `npm install` takes them.
 */
export function absentPackage(what: string, packages: string, cause: unknown): unknown {
  const { code, message } = (cause ?? {}) as { readonly code?: unknown; readonly message?: unknown };
  if (!codes.has(code) && !words.test(String(message))) return cause;
  const bundled = "A bundle needs them when it is made, or beside it when it runs.";
  return ghlError("invalid_request", `${what} needs packages that are missing: npm install ${packages}. ${bundled}`, {}, { cause });
}
