import { readFile } from "node:fs/promises";
import { createGhl, fromEnv, type LocationClient } from "ghlkit";
import { UsageError } from "../usage-error.ts";

/** A location that the command works on. */
export interface NamedLocation {
  readonly id: string;
  readonly client: LocationClient;
}

/** Which locations a command works on. */
export interface LocationsOptions {
  /** JSON file of private integration tokens by location id, each a text or `{ token, createdAt }`. */
  readonly tokens?: string;
}

/**
 * The locations of a file of tokens, or that of `GHL_TOKEN` and `GHL_LOCATION_ID`. `GHL_BASE_URL` sends calls to another host, such as the emulator.
 * @throws UsageError
 */
export async function locationsFrom({ tokens }: LocationsOptions): Promise<readonly NamedLocation[]> {
  if (tokens === undefined) return [locationOfEnv()];
  const byId = await readTokens(tokens);
  return Object.entries(byId).map(([id, { token }]) => ({ id, client: bound({ GHL_TOKEN: token, GHL_LOCATION_ID: id }) }));
}

function locationOfEnv(): NamedLocation {
  const { GHL_TOKEN, GHL_LOCATION_ID: id } = process.env;
  if (GHL_TOKEN === undefined || id === undefined)
    throw new UsageError("Set GHL_TOKEN and GHL_LOCATION_ID to a private integration token and its location, or give --tokens.");
  return { id, client: bound({ GHL_TOKEN, GHL_LOCATION_ID: id }) };
}

function bound(access: { readonly GHL_TOKEN: string; readonly GHL_LOCATION_ID: string }): LocationClient {
  const { GHL_BASE_URL } = process.env;
  try {
    const options = fromEnv({ ...access, ...(GHL_BASE_URL !== undefined && { GHL_BASE_URL }) });
    return createGhl(options).location(access.GHL_LOCATION_ID);
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** A private token of a file. */
export interface TokenOfFile {
  readonly token: string;
  /** When it was made, as written. */
  readonly createdAt?: string;
}

/** The tokens of a file, by location id. @throws UsageError */
export async function readTokens(path: string): Promise<Readonly<Record<string, TokenOfFile>>> {
  const parsed: unknown = await readJson(path);
  const entries = typeof parsed === "object" && parsed !== null && !Array.isArray(parsed) ? Object.entries(parsed) : [];
  const tokens = entries.map(([id, value]) => [id, typeof value === "string" ? { token: value } : value] as const);
  if (tokens.length === 0 || !tokens.every(([, value]) => isToken(value)))
    throw new UsageError(
      `${path} must be a JSON object of private integration tokens by location id, each a text or { "token", "createdAt" }.`,
    );
  return Object.fromEntries(tokens) as Record<string, TokenOfFile>;
}

function isToken(value: unknown): value is TokenOfFile {
  if (typeof value !== "object" || value === null) return false;
  const { token, createdAt } = value as Partial<Record<keyof TokenOfFile, unknown>>;
  return typeof token === "string" && token !== "" && (createdAt === undefined || typeof createdAt === "string");
}

/** A JSON file. The message of a failure shows nothing of it, since it may hold tokens. @throws UsageError */
export async function readJson(path: string): Promise<unknown> {
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(error.code === "ENOENT" ? `There is no file ${path}.` : `${path} cannot be read: ${error.code ?? "it failed"}.`);
  });
  try {
    return JSON.parse(text);
  } catch {
    throw new UsageError(`${path} is not JSON.`);
  }
}
