import { ghlError, isGhlError } from "@ghlkit/core";
import { once, type Probed } from "@ghlkit/resilience";
import { refusedRequest } from "../../run/refused-request.ts";
import type { BillingSettings } from "../billing-settings.ts";
import type { InvoiceRefused, InvoiceUnknown } from "./invoice-result.ts";

/** A write with a key. */
export interface KeyedWrite<Result> {
  readonly key: string;
  readonly write: (signal: AbortSignal) => Promise<Result | InvoiceRefused>;
  /** Looks for its effect since it began. */
  readonly probe: (startedAt: number) => Promise<Probed<Result> | undefined>;
}

/** What became of it. */
export type Written<Result> =
  | { readonly outcome: "written"; readonly how: "now" | "before" | "found"; readonly result: Result }
  | InvoiceRefused
  | InvoiceUnknown;

/** Writes at most once per key. A write that returns a refusal had no effect, and may be tried again. @throws what is neither expected nor of the network */
export async function writeOnce<Result extends object>(keyed: KeyedWrite<Result>, settings: BillingSettings): Promise<Written<Result>> {
  const { journal, leaseMs, clock, settleMs } = settings;
  const { key } = keyed;
  let refused: InvoiceRefused | undefined;
  const write = async ({ signal }: { readonly signal: AbortSignal }): Promise<Result> => {
    const written = await keyed.write(signal);
    if (!isRefused(written)) return written;
    refused = written;
    throw ghlError("invalid_request", `The write ${key} was not sent: ${written.message}`, {});
  };
  const probe = async (): Promise<Probed<Result> | undefined> => {
    const startedAt = (await journal.get(key))?.startedAt ?? clock.now();
    const found = await keyed.probe(startedAt);
    if (found?.happened === true) return found;
    return found !== undefined && clock.now() - startedAt >= settleMs ? found : undefined;
  };
  try {
    const { result, done } = await once<Result | undefined>(key, write, { journal, leaseMs, clock, probe });
    return result === undefined ? { outcome: "unknown", probeAfterMs: settleMs } : { outcome: "written", how: done, result };
  } catch (error) {
    const expected = refused ?? expectedOf(error, settleMs);
    if (expected === undefined) throw error;
    return expected;
  }
}

function isRefused(written: object): written is InvoiceRefused {
  return (written as { readonly outcome?: unknown }).outcome === "refused";
}

function expectedOf(error: unknown, settleMs: number): InvoiceRefused | InvoiceUnknown | undefined {
  if (isGhlError(error, "outcome_unknown")) return { outcome: "unknown", probeAfterMs: settleMs };
  if (isGhlError(error, "in_progress")) return { outcome: "unknown", probeAfterMs: error.leaseMs };
  return refusalOf(error);
}

/** A refusal of the platform that concerns this request alone; `undefined` for every other error. */
export function refusalOf(error: unknown): InvoiceRefused | undefined {
  if (isGhlError(error, "validation")) return { outcome: "refused", why: "invalid", message: error.message, fields: error.fields };
  if (isGhlError(error, "not_found")) return { outcome: "refused", why: "not_found", message: error.message, fields: [] };
  const isRefusal = isGhlError(error) && refusedRequest.has(error.code);
  return isRefusal ? { outcome: "refused", why: "platform", message: error.message, fields: [] } : undefined;
}
