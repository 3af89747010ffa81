import { checkNumber, ghlError, systemClock, type Bytes, type Clock } from "@ghlkit/core";
import { createEvent } from "../events/create-event.ts";
import type { EventType } from "../events/event-type.ts";
import type { WebhookEvent } from "../events/webhook-event.ts";
import { parseBody } from "../verify/parse-body.ts";
import { readRawBody } from "../verify/raw-body.ts";
import type { HeadersLike } from "../verify/raw-delivery.ts";
import type { Rejection } from "../verify/rejection.ts";
import { defaultLimits, type BodyLimits, type WebhookSource } from "./webhook-source.ts";

/** Outcome of one check. An object, so that a forgotten `await` or `return` does not compile. */
export type SourceCheck = { readonly valid: true } | Rejection;

/** What a check sees of a delivery: nothing of its body has been read yet. */
export interface UncheckedDelivery {
  /** The body as it was received, at least one byte and at most `maxBodyBytes`. */
  readonly bytes: Bytes;
  readonly headers: HeadersLike;
  /** Address of the sender, where the server knows it. */
  readonly address?: string | undefined;
}

/** Options of {@link createSource}. */
export interface SourceOptions extends BodyLimits {
  /** Stored with each delivery, e.g. `gateway`. */
  readonly name: string;
  /**
   * Whether the delivery is genuine: `{ valid: true }`, or `reject("signature_wrong")`. What it throws is reported as `source_failed`, and
   * the delivery is answered with 429. Compare secrets and signatures in constant time.
   */
  readonly check: (delivery: UncheckedDelivery) => SourceCheck | Promise<SourceCheck>;
  /**
   * Judges the event of a delivery that passed `check`, e.g. by its age.
   * @default every event is accepted
   */
  readonly checkEvent?: (event: WebhookEvent) => SourceCheck;
  /**
   * Type of all events of this source.
   * @default the `type` of the body, else the type whose documented shape the body has
   */
  readonly type?: EventType | undefined;
  /**
   * For bodies without a `webhookId`: the same body is the same event within this time, in ms, counted in steps from the epoch, and a new
   * one later.
   * @default Infinity
   */
  readonly repeatAfterMs?: number;
  /** @default the machine's clock */
  readonly clock?: Pick<Clock, "now"> | undefined;
}

/**
 * A source of webhooks with a check of your own. Size, content type, JSON and nesting are checked as for every source: raw body, then
 * `check`, then the JSON of the body, then `checkEvent`.
 *
 * @throws GhlError `invalid_request` for an empty name or a number out of range.
 */
export function createSource(options: SourceOptions): WebhookSource {
  const { name, check, checkEvent, type, clock = systemClock, repeatAfterMs = Infinity } = options;
  const { maxBodyBytes = defaultLimits.maxBodyBytes, maxDepth = defaultLimits.maxDepth } = options;
  if (name === "") throw ghlError("invalid_request", "createSource: name is empty.", {});
  checkNumber(name, "maxBodyBytes", maxBodyBytes, { least: 1 });
  checkNumber(name, "maxDepth", maxDepth, { least: 1 });
  if (!(repeatAfterMs > 0)) throw ghlError("invalid_request", `${name}: repeatAfterMs must be above 0.`, {});

  return {
    name,
    verify: async (delivery) => {
      const body = readRawBody(delivery, maxBodyBytes);
      if (!body.valid) return body;
      const { headers, address } = delivery;
      const checked = outcome(name, "check", await check({ bytes: body.bytes.slice(), headers, address }));
      if (checked.valid !== true) return { valid: false, reason: checked.reason, message: checked.message };
      const parsed = parseBody(body.bytes, maxDepth);
      if (!parsed.valid) return parsed;
      const receivedAt = clock.now();
      const idSuffix = repeatAfterMs === Infinity ? "" : `@${Math.floor(receivedAt / repeatAfterMs)}`;
      const event = await createEvent({ fields: parsed.fields, body: body.bytes, headers, source: name, receivedAt, idSuffix, type });
      const judged = checkEvent === undefined ? checked : outcome(name, "checkEvent", checkEvent(event));
      return judged.valid === true ? { valid: true, event } : { valid: false, reason: judged.reason, message: judged.message };
    },
  };
}

/** What is neither an acceptance nor a rejection is a mistake of the source: the delivery must not be lost over it. */
function outcome(name: string, check: string, given: unknown): SourceCheck {
  const { valid, reason } = (given ?? {}) as { readonly valid?: unknown; readonly reason?: unknown };
  if (valid === true || (valid === false && typeof reason === "string")) return given as SourceCheck;
  throw new TypeError(`${name}: ${check} must return { valid: true } or reject("…"), and gave neither.`);
}
