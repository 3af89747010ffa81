import { ghlError } from "@ghlkit/core";
import { writeAtMostOnce, type KeyedWriteSettings } from "@ghlkit/resilience";
import type { DealConflict, DealEnsured, DealRejected, DealUnknown } from "./deal-result.ts";
import type { Opportunity } from "./opportunities-client.ts";

/** The parts of a deal that is made under a key. */
export interface KeyedDeal {
  /** Of the journal. */
  readonly key: string;
  /** Finds one or creates it. */
  readonly ensure: () => Promise<DealEnsured | DealConflict | DealRejected>;
  /** What fits it in the platform's search. */
  readonly find: () => Promise<Opportunity | undefined>;
  /** The one of an earlier call, filled or updated like any other that is there; `undefined` when it does not count any more. */
  readonly take: (id: string) => Promise<DealEnsured | DealRejected | undefined>;
  readonly calls: () => number;
}

/** Makes a deal once for all who use the key. What was deleted or closed since is made anew. */
export async function ensureDealOnce(
  { key, ensure, find, take, calls }: KeyedDeal,
  settings: KeyedWriteSettings,
): Promise<DealEnsured | DealConflict | DealRejected | DealUnknown> {
  let own: DealEnsured | DealConflict | DealRejected | undefined;
  const write = async (): Promise<string> => {
    own = await ensure();
    if ("opportunity" in own) return own.opportunity.id;
    throw ghlError("invalid_request", `No deal was made for ${key}: ${own.outcome}.`, {});
  };
  const idsFound = async (): Promise<readonly string[]> => {
    const found = await find();
    return found === undefined ? [] : [found.id];
  };
  try {
    const written = await writeAtMostOnce({ key, write, find: idsFound }, settings);
    if (written.outcome === "unknown") return { outcome: "unknown", probeAfterMs: written.probeAfterMs, calls: calls() };
    return own ?? (await take(written.result)) ?? (await ensure());
  } catch (error) {
    if (own === undefined || "opportunity" in own) throw error;
    return own;
  }
}
