import { ghlError, systemClock, type Clock } from "@ghlkit/core";
import { checkKey, checkTtl } from "../engine/check-key.ts";
import type { StateStore } from "../state-store.ts";

interface Remembered {
  readonly data: string;
  readonly expiresAt: number;
  readonly used: boolean;
}

/** OAuth state in the memory of this process. */
export function createMemoryStateStore(clock: Pick<Clock, "now"> = systemClock): StateStore {
  const nonces = new Map<string, Remembered>();
  return {
    remember: async (nonce, { ttlMs, data = {} }) => {
      const remembered = { data: JSON.stringify(data), expiresAt: clock.now() + checkTtl(ttlMs), used: false };
      if (nonces.has(checkKey("nonce", nonce))) throw ghlError("invalid_request", "This nonce is known already: make a new one.", {});
      for (const [old, { expiresAt }] of nonces) if (expiresAt + forgetAfterMs <= clock.now()) nonces.delete(old);
      nonces.set(nonce, remembered);
    },
    consume: async (nonce) => {
      const found = nonces.get(checkKey("nonce", nonce));
      if (found === undefined) return { valid: false, reason: "unknown" };
      if (found.expiresAt <= clock.now()) return { valid: false, reason: "expired" };
      if (found.used) return { valid: false, reason: "used" };
      nonces.set(nonce, { ...found, used: true });
      return { valid: true, data: JSON.parse(found.data) as Record<string, unknown> };
    },
  };
}

/** An expired nonce is distinguished from an unknown one for another day. */
const forgetAfterMs = 86_400_000;
