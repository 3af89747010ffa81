import type { LocationClient } from "@ghlkit/client";
import { isGhlError, systemClock, type Clock, type GhlError } from "@ghlkit/core";
import type { Journal } from "@ghlkit/storage";
import { writeAtMostOnce } from "@ghlkit/resilience";
import { refusedRequest } from "../run/refused-request.ts";
import { checkKey } from "../run/check-key.ts";

/** A client bound to one location, with a token of the app. */
export type WalletClient = Pick<LocationClient, "marketplace">;

/** Options of {@link createWallet}. */
export interface WalletOptions {
  /** `storage.journal` of any engine: keeps what was charged. */
  readonly journal: Journal;
  /** Id of the app in the marketplace. */
  readonly appId: string;
  /** Part of the keys in the journal: without it a key that two locations have in common is charged in the first of them alone. @default keys are shared by all locations of the journal */
  readonly locationId?: string;
  /** Id of the location's agency. */
  readonly companyId: string;
  /** @default the machine's clock */
  readonly clock?: Clock;
}

/** What a location is charged for. */
export interface WalletCharge {
  /** Names what is charged, e.g. `lookup:4711`: it is charged once. It is sent as the platform's `eventId`. At most 200 characters. */
  readonly key: string;
  /** Id of the meter that the app set up. */
  readonly meterId: string;
  readonly units: number;
  readonly description: string;
  /** Price of a unit in major units of the meter's currency. Refused for meters with a fixed price. @default the meter's */
  readonly price?: number;
  /** Id of the user who caused it. */
  readonly userId?: string;
}

/** What became of a charge. */
export type ChargeResult =
  | { readonly outcome: "charged"; readonly how: "now" | "before" | "found"; readonly chargeId: string }
  /** The wallet of the location is empty: the app should not do the work. */
  | { readonly outcome: "no_funds" }
  | { readonly outcome: "refused"; readonly error: GhlError }
  /** It is not known whether it was charged. Call again with the key after that time. */
  | { readonly outcome: "unknown"; readonly probeAfterMs: number };

/** The wallet of a location. */
export interface Wallet {
  /** Charges once per key, after a look whether there are funds. @throws GhlError for outages and authorisation. */
  readonly charge: (charge: WalletCharge) => Promise<ChargeResult>;
  /** Gives a charge back. */
  readonly refund: (chargeId: string) => Promise<void>;
}

const settleMs = 60_000;

/** Makes the wallet of one location, which a marketplace app may charge. */
export function createWallet(location: WalletClient, options: WalletOptions): Wallet {
  return {
    charge: (charge) => chargeOnce(location, charge, options),
    refund: async (chargeId) => {
      await location.marketplace.deleteCharge({ chargeId });
    },
  };
}

async function chargeOnce(location: WalletClient, charge: WalletCharge, options: WalletOptions): Promise<ChargeResult> {
  checkKey("charge", charge.key);
  const { journal, clock = systemClock } = options;
  const { appId, locationId } = options;
  const key = locationId === undefined ? `wallet:${appId}:${charge.key}` : `wallet:${appId}:${locationId}:${charge.key}`;
  const isKnown = (await journal.get(key)) !== undefined;
  if (!isKnown && (await location.marketplace.hasFunds(undefined, { fresh: true })).hasFunds === false) return { outcome: "no_funds" };
  const write = async ({ signal }: { readonly signal: AbortSignal }): Promise<string> =>
    (await location.marketplace.createCharge({ body: chargeBody(charge, options) }, { signal })).chargeId ?? "";
  const find = (): Promise<readonly string[]> => findCharges(location, charge);
  try {
    const written = await writeAtMostOnce({ key, write, find }, { journal, clock, leaseMs: 30_000, settleMs });
    return written.outcome === "unknown" ? written : { outcome: "charged", how: written.how, chargeId: written.result };
  } catch (error) {
    if (!isGhlError(error) || !refusedRequest.has(error.code)) throw error;
    // The platform refuses a second charge for an event: this one happened, noted elsewhere.
    const [found] = await findCharges(location, charge);
    return found === undefined ? { outcome: "refused", error } : { outcome: "charged", how: "found", chargeId: found };
  }
}

function chargeBody({ key, meterId, units, description, price, userId }: WalletCharge, { appId, companyId }: WalletOptions) {
  const who = userId === undefined || userId === "" ? {} : { userId };
  // `units` as a text is refused, as is an empty user.
  return { appId, companyId, meterId, eventId: key, units, description, ...(price !== undefined && { price }), ...who };
}

async function findCharges({ marketplace }: WalletClient, { key, meterId }: WalletCharge): Promise<readonly string[]> {
  const fits: string[] = [];
  for await (const { chargeId, meta } of marketplace.listCharges({ eventId: key, meterId, limit: 10 }, { fresh: true })) {
    if (chargeId !== undefined && (meta?.eventId === undefined || meta.eventId === key)) fits.push(chargeId);
  }
  return fits;
}
