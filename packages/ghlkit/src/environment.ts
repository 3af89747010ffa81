import { ghlError } from "@ghlkit/core";

/** Variables by name, as in `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * A variable without the blanks around it; `undefined` when it is missing or empty.
 * @throws GhlError `invalid_request` for a value in quotes: `docker run --env-file` and its like hand them on as part of the value.
 */
export function valueOf(env: Environment, name: string): string | undefined {
  const value = env[name]?.trim();
  if (value !== undefined && /^(["'`]).*\1$/s.test(value))
    throw ghlError("invalid_request", `The value of ${name} is in quotes: take them off, they would be sent as part of it.`, {});
  return value === "" ? undefined : value;
}

/** That of the process; runtimes without one have no environment of this kind. */
export function processEnv(): Environment {
  return (globalThis as { readonly process?: { readonly env?: Environment } }).process?.env ?? {};
}
