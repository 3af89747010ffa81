import type { Stores } from "../stores.ts";
import { describeInbox } from "./describe-inbox.ts";
import { describeInstallationStore } from "./describe-installation-store.ts";
import { describeJournal } from "./describe-journal.ts";
import { describeLeaseStore } from "./describe-lease-store.ts";
import { describeRateWindow } from "./describe-rate-window.ts";
import { describeStateStore } from "./describe-state-store.ts";
import { describeTokenStore } from "./describe-token-store.ts";
import type { StoreFactory } from "./store-under-test.ts";
import type { SuiteRunner } from "./suite-runner.ts";

/** All suites on one engine. */
export function describeStores(factory: StoreFactory<Stores>, runner: SuiteRunner): void {
  describeTokenStore(only("tokens", factory), runner);
  describeLeaseStore(only("leases", factory), runner);
  describeInstallationStore(only("installations", factory), runner);
  describeStateStore(only("states", factory), runner);
  describeRateWindow(only("rates", factory), runner);
  describeJournal(only("journal", factory), runner);
  describeInbox(only("inbox", factory), runner);
}

function only<Name extends keyof Stores>(name: Name, factory: StoreFactory<Stores>): StoreFactory<Stores[Name]> {
  return async () => {
    const { store, other, ...rest } = await factory();
    return { ...rest, store: store[name], ...(other === undefined ? {} : { other: other[name] }) };
  };
}
