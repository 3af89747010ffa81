import { createManualClock, runOnClock, type ManualClock } from "@ghlkit/core/testing";
import { createEmulator, type Emulator, type EmulatorOptions } from "@ghlkit/emulator";
import { createMemoryStorage, type Journal } from "@ghlkit/storage";
import { createGhl, type LocationClient } from "ghlkit";
import { watchedFetch } from "../emulator-under-way.ts";
import { createBilling, type Billing } from "../../src/billing/index.ts";

/** A location with an account to bill, on a clock that stands still. */
export interface BillingBench {
  readonly clock: ManualClock;
  readonly emulator: Emulator;
  readonly journal: Journal;
  readonly location: LocationClient;
  readonly billing: Billing;
  /** Another process on the same journal. */
  readonly another: () => Billing;
  /** Runs a program to its end; time stands still while a request is under way, however busy the machine is. */
  readonly run: <Result>(program: () => Promise<Result>) => Promise<Result>;
  /** A sent invoice of one line. Returns its id. */
  readonly bill: (amount: number, currency?: string) => Promise<string>;
  /** Amounts of the transactions of an invoice, in major units. */
  readonly transactions: (invoiceId: string) => Promise<readonly (number | undefined)[]>;
}

export function billingOnEmulator(options: EmulatorOptions = {}): BillingBench {
  const clock = createManualClock();
  const emulator = createEmulator({ clock, burstLimit: 1_000_000, ...options });
  const { journal } = createMemoryStorage({ clock });
  const { tokens, locationId } = emulator.seed;
  const { fetch, isBusy } = watchedFetch(emulator);
  const ghl = createGhl({ token: tokens.location, location: locationId, fetch, clock, retry: { maxAttempts: 1 } });
  const location = ghl.location(locationId);
  const another = (): Billing => createBilling(location, { journal, clock });
  return {
    clock,
    emulator,
    journal,
    location,
    billing: another(),
    another,
    run: (program) => runOnClock(clock, program, { isBusy }),
    async bill(amount, currency = "USD") {
      const contactDetails = { id: "contact", name: "Ann", phoneNo: "+12025550123", email: "ann@example.com" };
      const items = [{ name: "Check-up", qty: 1, amount, currency }];
      const sentTo = { email: ["ann@example.com"] };
      const body = {
        name: "Bill",
        currency,
        items,
        contactDetails,
        businessDetails: { name: "Shop" },
        discount: { type: "percentage", value: 0 },
      } as const;
      const { _id: invoiceId } = await location.invoices.create({
        body: { ...body, issueDate: "2026-01-01", dueDate: "2026-01-08", sentTo, liveMode: true },
      });
      await location.invoices.send({ invoiceId, body: { userId: "user", action: "email", liveMode: true } });
      return invoiceId;
    },
    async transactions(invoiceId) {
      const amounts: (number | undefined)[] = [];
      for await (const { amount } of location.payments.listTransactions({ entityId: invoiceId })) amounts.push(amount);
      return amounts;
    },
  };
}
