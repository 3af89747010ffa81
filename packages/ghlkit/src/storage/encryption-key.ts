import type { KeyRing } from "@ghlkit/auth";
import { ghlError } from "@ghlkit/core";

/**
 * A key of 32 bytes as base64 or hex, as `openssl rand -base64 32` makes it. Of several the first one encrypts and all of them
 * decrypt: put the new key in front of the old one to rotate.
 */
export type EncryptionKey = string | readonly string[];

/**
 * The key ring of an encryption key. The id of a key follows from the key, so that a rotation needs no names.
 * @param name What the key was given as, for messages.
 * @throws GhlError `invalid_request` for a key of another form or length; its message holds no part of the key.
 */
export async function keyRingOf(encryptionKey: EncryptionKey, name: string): Promise<KeyRing> {
  const texts = typeof encryptionKey === "string" ? encryptionKey.split(",") : encryptionKey;
  const keys: Record<string, Uint8Array<ArrayBuffer>> = {};
  let current: string | undefined;
  for (const text of texts) {
    const key = keyOf(text, name);
    const id = await idOf(key);
    keys[id] = key;
    current ??= id;
  }
  if (current === undefined) throw refused(name, "is empty");
  return { current, keys };
}

/** Checks the form alone, without the wait. @throws GhlError `invalid_request`. */
export function checkEncryptionKey(encryptionKey: string, name: string): string {
  for (const text of encryptionKey.split(",")) keyOf(text, name);
  return encryptionKey;
}

function keyOf(given: string, name: string): Uint8Array<ArrayBuffer> {
  const text = typeof given === "string" ? given.trim() : "";
  const key = bytesOf(text);
  if (key?.length !== 32) throw refused(name, "is not 32 bytes as base64 or hex");
  if (key.every((byte) => byte === key[0])) throw refused(name, "is one byte repeated, which is no secret");
  return key;
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (/^[0-9a-f]{64}$/i.test(text)) return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  if (!/^[\w+/-]{43}=?$/.test(text)) return undefined;
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (character) => character.charCodeAt(0));
}

async function idOf(key: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", key));
  return Array.from(digest.subarray(0, 6), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function refused(name: string, what: string): Error {
  return ghlError(
    "invalid_request",
    `${name} ${what}: make a key with "openssl rand -base64 32", and keep it outside of the database.`,
    {},
  );
}
