import { isGhlError, type Clock } from "@ghlkit/core";
import type { StateStore } from "@ghlkit/storage";
import type { Secret } from "../secret.ts";

type Data = Readonly<Record<string, unknown>>;

export type NonceResult =
  | { readonly valid: true; readonly data: Data }
  | { readonly valid: false; readonly reason: "forged" | "used" | "expired" };

/**
 * Nonces that are signed, single use and expire: OAuth `state` (RFC 6749 10.12) and the click of a confirmation. What a nonce means stands
 * in it; the store keeps only those that were used, so that asking for nonces fills nothing.
 */
export interface SignedNonces {
  readonly issue: (purpose: string, data?: Data) => Promise<string>;
  /** Judges a nonce and leaves it unused. */
  readonly check: (purpose: string, nonce: string) => Promise<NonceResult>;
  /** Uses a nonce up: valid once, however many ask. */
  readonly use: (purpose: string, nonce: string) => Promise<NonceResult>;
}

export interface SignedNonceOptions {
  readonly secret: Secret;
  readonly states: StateStore;
  readonly ttlMs: number;
  readonly clock: Pick<Clock, "now">;
}

/** Longer than any nonce of ours: what is longer is not looked at. */
const longestNonce = 2_000;

export function createSignedNonces({ secret, states, ttlMs, clock }: SignedNonceOptions): SignedNonces {
  let known: CryptoKey | undefined;
  const key = async (): Promise<CryptoKey> =>
    (known ??= await crypto.subtle.importKey("raw", bytes(secret.reveal()), { name: "HMAC", hash: "SHA-256" }, false, ["sign", "verify"]));

  async function open(
    purpose: string,
    text: string,
  ): Promise<{ readonly id: string; readonly end: number; readonly data: Data } | undefined> {
    const [payload = "", signature = ""] = text.length > longestNonce ? [] : text.split(".");
    if (!/^[0-9a-f]{64}$/.test(signature)) return undefined;
    if (!(await crypto.subtle.verify("HMAC", await key(), fromHex(signature), bytes(`${purpose}.${payload}`)))) return undefined;
    return JSON.parse(fromBase64Url(payload)) as { id: string; end: number; data: Data };
  }

  async function check(purpose: string, text: string): Promise<NonceResult & { readonly id?: string; readonly leftMs?: number }> {
    const opened = await open(purpose, text);
    if (opened === undefined) return { valid: false, reason: "forged" };
    const leftMs = opened.end - clock.now();
    if (leftMs <= 0) return { valid: false, reason: "expired" };
    const id = `${purpose}.${opened.id}`;
    const stored = await states.consume(id);
    // Only used ones are stored.
    return stored.valid || stored.reason !== "unknown" ? { valid: false, reason: "used" } : { valid: true, data: opened.data, id, leftMs };
  }

  return {
    issue: async (purpose, data = {}) => {
      const payload = toBase64Url(JSON.stringify({ id: crypto.randomUUID(), end: clock.now() + ttlMs, data }));
      const signature = await crypto.subtle.sign("HMAC", await key(), bytes(`${purpose}.${payload}`));
      return `${payload}.${toHex(new Uint8Array(signature))}`;
    },
    check: async (purpose, text) => {
      const result = await check(purpose, text);
      return result.valid ? { valid: true, data: result.data } : result;
    },
    use: async (purpose, text) => {
      const result = await check(purpose, text);
      if (!result.valid) return result;
      try {
        // Refused for a nonce that is stored already: another request was first.
        await states.remember(result.id as string, { ttlMs: Math.max(1, result.leftMs as number) });
      } catch (error) {
        if (isGhlError(error, "invalid_request")) return { valid: false, reason: "used" };
        throw error;
      }
      return { valid: true, data: result.data };
    },
  };
}

function bytes(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

function toHex(binary: Uint8Array): string {
  return [...binary].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function fromHex(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

function toBase64Url(text: string): string {
  const binary = Array.from(bytes(text), (byte) => String.fromCharCode(byte)).join("");
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

function fromBase64Url(text: string): string {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return new TextDecoder().decode(Uint8Array.from(binary, (char) => char.charCodeAt(0)));
}
