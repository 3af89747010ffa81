import { createHash, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ghlError } from "@ghlkit/core";

export type Environment = Readonly<Record<string, string | undefined>>;

/** What an application reads from its environment beside `openGhl`. */
export interface AppSettings {
  readonly name: string;
  readonly port: number;
  /** `PORT` is set: no other one will do. */
  readonly isPortGiven: boolean;
  readonly host: string;
  /** Where browsers and the platform reach it, without a trailing slash. */
  readonly publicUrl: string | undefined;
  readonly dataFolder: string;
  /** Signs sessions and links. */
  readonly secret: Buffer;
  /** Id of the marketplace app: webhooks are accepted for it alone. */
  readonly appId: string | undefined;
  /** A key beside the platform's, as PEM: that of an emulator. */
  readonly webhookKey: string | undefined;
  /** The location of a private token. */
  readonly locationId: string | undefined;
  /** An emulator in place of the platform. */
  readonly isLocal: boolean;
  /** Time is that of the emulator. For development: `APP_CLOCK=emulator`. */
  readonly followsEmulator: boolean;
  readonly env: Environment;
}

/** @throws GhlError `invalid_request`, in one sentence, for what cannot be used. */
export function readSettings(name: string, env: Environment, defaultPort: number): AppSettings {
  const port = Number(env["PORT"] || defaultPort);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw refused("PORT must be a whole number up to 65535.");
  const dataFolder = env["DATA_FOLDER"] || "data";
  mkdirSync(dataFolder, { recursive: true });
  const baseUrl = env["GHL_BASE_URL"] || undefined;
  const isLocal = baseUrl !== undefined && /^http:\/\/(127\.|localhost|\[::1\])/.test(baseUrl);
  const followsEmulator = (env["APP_CLOCK"] || "machine") !== "machine";
  if (followsEmulator && env["APP_CLOCK"] !== "emulator") throw refused("APP_CLOCK is machine or emulator.");
  if (followsEmulator && !isLocal)
    throw refused("APP_CLOCK=emulator needs an emulator on this machine as GHL_BASE_URL: the platform keeps its own time.");
  return {
    name,
    port,
    isPortGiven: (env["PORT"] ?? "") !== "",
    host: env["HOST"] || "127.0.0.1",
    publicUrl: env["PUBLIC_URL"]?.replace(/\/+$/, "") || undefined,
    dataFolder,
    secret: secretOf(env["APP_SECRET"] || undefined, dataFolder),
    appId: env["GHL_APP_ID"] || undefined,
    webhookKey: env["GHL_WEBHOOK_KEY"]?.replaceAll("\\n", "\n") || undefined,
    locationId: env["GHL_LOCATION_ID"] || undefined,
    isLocal,
    followsEmulator,
    env,
  };
}

/** `APP_SECRET`, or one that is made once and kept in the data folder. Replicas have to be given the same. */
function secretOf(given: string | undefined, folder: string): Buffer {
  if (given !== undefined && given.length < 32) throw refused("APP_SECRET must have at least 32 characters: openssl rand -hex 32.");
  if (given !== undefined) return createHash("sha256").update(given).digest();
  const path = join(folder, "app-secret");
  if (!existsSync(path)) writeFileSync(path, randomBytes(32), { mode: 0o600, flag: "wx" });
  return readFileSync(path);
}

function refused(message: string): Error {
  return ghlError("invalid_request", message, {});
}
