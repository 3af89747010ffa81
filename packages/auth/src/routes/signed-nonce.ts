import type { StateStore } from "@ghlkit/storage";
import type { Secret } from "../secret.ts";

export type NonceResult =
  | { readonly valid: true; readonly data: Readonly<Record<string, unknown>> }
  | { readonly valid: false; readonly reason: "forged" | "unknown" | "used" | "expired" };

/** Nonces that are signed, single use and expire: OAuth `state` (RFC 6749 10.12) and the click of a confirmation. */
export interface SignedNonces {
  readonly issue: (purpose: string, data?: Readonly<Record<string, unknown>>) => Promise<string>;
  readonly redeem: (purpose: string, nonce: string) => Promise<NonceResult>;
}

export function createSignedNonces(secret: Secret, states: StateStore, ttlMs: number): SignedNonces {
  const key = crypto.subtle.importKey("raw", bytes(secret.reveal()), { name: "HMAC", hash: "SHA-256" }, false, ["sign", "verify"]);
  return {
    issue: async (purpose, data = {}) => {
      const nonce = crypto.randomUUID();
      await states.remember(`${purpose}.${nonce}`, { ttlMs, data });
      const signature = await crypto.subtle.sign("HMAC", await key, bytes(`${purpose}.${nonce}`));
      return `${nonce}.${toHex(new Uint8Array(signature))}`;
    },
    redeem: async (purpose, text) => {
      const [nonce = "", signature = ""] = text.split(".");
      const signed = bytes(`${purpose}.${nonce}`);
      const genuine = /^[0-9a-f]{64}$/.test(signature) && (await crypto.subtle.verify("HMAC", await key, fromHex(signature), signed));
      return genuine ? states.consume(`${purpose}.${nonce}`) : { valid: false, reason: "forged" };
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
