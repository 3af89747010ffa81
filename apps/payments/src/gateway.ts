import { documentsOf, type Backend } from "@ghlkit/app-kit/server";
import { testCards } from "./test-cards.ts";
import { minorMoney, money, type ProviderCharge } from "@ghlkit/crm/billing";

/** A charge at the gateway. */
interface Charge {
  readonly chargeId: string;
  readonly transactionId: string;
  readonly minor: number;
  readonly currency: string;
  readonly last4: string;
  readonly status: "succeeded" | "failed" | "pending" | "refunded";
  readonly chargedAt: number;
}

export interface ChargeRequest {
  /** What is paid: a charge is made once for it. */
  readonly transactionId: string;
  /** Major units, as text or as the platform's message has it. */
  readonly amount: number | string;
  readonly currency: string;
  readonly card: string;
}

/** How long the bank takes with the last one. */
export const bankMs = 60_000;

/** What the gateway has of a charge, with the card that paid it. */
export type FoundCharge = Omit<ProviderCharge, "status"> & { readonly last4: string; readonly status: Charge["status"] };

/** Stands in for a payment service in test mode: no money moves. Another one has the same three operations. */
export interface TestGateway {
  readonly charge: (request: ChargeRequest) => Promise<FoundCharge>;
  readonly find: (chargeId: string) => Promise<FoundCharge | undefined>;
  readonly refund: (chargeId: string) => Promise<void>;
}

/** The charge that is made for a transaction. */
export function chargeIdOf(transactionId: string): string {
  return `ch_${transactionId}`;
}

export function createTestGateway(backend: Backend, locationId: string): TestGateway {
  const { clock } = backend;
  const charges = documentsOf<Charge>(backend, locationId, "charge");
  const found = ({ minor, currency, status, ...rest }: Charge): FoundCharge => ({
    ...rest,
    amount: minorMoney(minor, currency),
    status: status === "pending" && clock.now() - rest.chargedAt >= bankMs ? "succeeded" : status,
  });
  return {
    async charge({ transactionId, amount, currency, card }) {
      const chargeId = chargeIdOf(transactionId);
      const { minor } = money(amount, currency.toUpperCase());
      const { status } = testCards[card] ?? { status: "failed" };
      const charge = {
        chargeId,
        transactionId,
        minor,
        currency: currency.toUpperCase(),
        last4: card.slice(-4),
        status,
        chargedAt: clock.now(),
      };
      return found(await charges.add(chargeId, charge));
    },
    async find(chargeId) {
      const charge = await charges.get(chargeId);
      return charge && found(charge);
    },
    async refund(chargeId) {
      await charges.change(chargeId, { status: "refunded" });
    },
  };
}
