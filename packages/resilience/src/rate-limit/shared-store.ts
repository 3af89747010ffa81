import { ghlError, isGhlError, type Clock } from "@ghlkit/core";
import type { RateGrant, RateReport, RateSettings } from "@ghlkit/storage";
import { mostKept } from "./most-kept.ts";
import type { SharedSettings } from "./shared-settings.ts";

/** A question to the shared window. */
export interface SlotRequest {
  readonly count: number;
  readonly urgent: number;
  readonly keepDaily: number;
  readonly reports: readonly RateReport[];
}

/** The grant with the name to settle it by, or why there is none. `unsure` slots may have been taken all the same. */
export type SharedAnswer =
  | { readonly grant: RateGrant; readonly reservation: string }
  | { readonly reason: string; readonly unsure: readonly RateReport[] };

/** One bucket of a shared window as this process sees it: what it asks, what it remembers, how long it waits. */
export class SharedStore {
  readonly #settings: SharedSettings;
  readonly #bucket: string;
  #taken = 0;
  #seenAt = -Infinity;

  constructor(settings: SharedSettings, bucket: string) {
    this.#settings = settings;
    this.#bucket = bucket;
  }

  /** Never rejects. */
  async ask({ count, urgent, keepDaily, reports }: SlotRequest): Promise<SharedAnswer> {
    const { window, clock, storeTimeoutMs, leaseMs, windowMs, limit } = this.#settings;
    const keepFree = mostKept(limit);
    const reservation = crypto.randomUUID();
    const asked = clock.now();
    const seen = asked - this.#seenAt < windowMs + leaseMs ? this.#taken : 0;
    try {
      const question = window.reserve(this.#bucket, { ...this.#rate(), reservation, count, urgent, keepFree, keepDaily, seen, reports });
      const grant = await within(storeTimeoutMs, clock, question);
      this.#taken = grant.taken;
      this.#seenAt = clock.now();
      return { grant, reservation };
    } catch (error) {
      const reason = isGhlError(error, "storage") ? error.reason : isGhlError(error) ? error.code : "unknown";
      return { reason, unsure: count > 0 ? [{ reservation, unsent: count }, ...reports] : reports };
    }
  }

  #rate(): RateSettings {
    const { limit, ceiling, windowMs, leaseMs, daily } = this.#settings;
    return {
      limit,
      ...(ceiling === Infinity ? {} : { maxLimit: ceiling }),
      windowMs,
      leaseMs,
      ...(daily.limit === undefined ? {} : { dailyLimit: daily.limit }),
    };
  }
}

function within<T>(ms: number, clock: Clock, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(ms, () =>
      reject(ghlError("timeout", "The shared rate window did not answer.", { timeoutMs: ms, scope: "attempt", sent: true })),
    );
    work
      .then(resolve, reject)
      .finally(cancel)
      .catch(() => {});
  });
}
