import { withDriftReport, type DriftEvent } from "@ghlkit/client/drift";
import { createGhl, fromEnv, isGhlError, type Ghl, type GhlOptions, type LocationClient } from "ghlkit";
import { inspectAccounts, type Account } from "ghlkit/health";
import type { OpenedStorage } from "ghlkit/node";
import { openEnvStorage, appStorage } from "../../fields/with-env-storage.ts";
import { UsageError } from "../../usage-error.ts";

/** The account that the doctor looks at. */
export interface Target {
  /** How calls are authorised, for people. */
  readonly access: string;
  readonly isApp: boolean;
  readonly kind: "location" | "company";
  readonly resource: string;
  /** Scopes of an app's grant. */
  readonly granted?: readonly string[];
  /** A client bound to the location; absent for a company. */
  readonly location?: LocationClient;
  /** Reads the location or company; resolves to the headers of the answer. */
  readonly read: () => Promise<Headers>;
  /** The same with a `Version` of the doctor's choice. */
  readonly request: (options: { readonly version?: string }) => Promise<unknown>;
  /** What the answers until now were compared with the contract. */
  readonly drift: readonly DriftEvent[];
  readonly close: () => Promise<void>;
}

/** Access by the environment. `undefined` where an app has no installation yet. @throws UsageError for an environment that is half configured. */
export async function openTarget(location: string | undefined): Promise<Target | undefined> {
  const drift: DriftEvent[] = [];
  const options = { ...optionsOfEnv(), ...once, layers: [withDriftReport({ onEvent: (event) => drift.push(event) })] };
  if (options.oauth === undefined) {
    const [kind, resource] =
      options.company === undefined ? (["location", options.location ?? ""] as const) : (["company", options.company] as const);
    const ghl = createGhl(options);
    return { access: "a private integration token", isApp: false, drift, ...targetOn(ghl, kind, resource), close: () => ghl.close() };
  }
  const named = appStorage();
  if (named.isMissing) return undefined;
  const storage = await openEnvStorage(named);
  const account = await accountOf(storage, options.oauth.clientId, location);
  if (account === undefined) {
    await storage.close();
    return undefined;
  }
  const ghl = createGhl({ ...options, storage });
  const { kind, resource } = account.principal;
  return {
    access: `the app ${options.oauth.clientId}`,
    isApp: true,
    granted: account.scopes,
    drift,
    ...targetOn(ghl, kind, resource),
    close: async () => {
      await ghl.close();
      await storage.close();
    },
  };
}

/** What fails is reported, not repeated. */
const once = { retry: { maxAttempts: 1 }, cacheMs: false, totalMs: 20_000 } as const;

function optionsOfEnv(): GhlOptions {
  try {
    return fromEnv(process.env);
  } catch (error) {
    if (!isGhlError(error)) throw error;
    throw new UsageError(error.message);
  }
}

function targetOn(
  ghl: Ghl,
  kind: "location" | "company",
  resource: string,
): Pick<Target, "kind" | "resource" | "location" | "read" | "request"> {
  const path = `/${kind === "location" ? "locations" : "companies"}/${encodeURIComponent(resource)}`;
  if (kind === "company") {
    const company = ghl.company(resource);
    return {
      kind,
      resource,
      read: async () => (await company.companies.get().withResponse()).headers,
      request: (version) => company.request("GET", path, version),
    };
  }
  const location = ghl.location(resource);
  return {
    kind,
    resource,
    location,
    read: async () => (await location.locations.get().withResponse()).headers,
    request: (version) => location.request("GET", path, version),
  };
}

/** The one that is asked for, or the first that has nothing to be done. */
async function accountOf(storage: OpenedStorage, app: string, location: string | undefined): Promise<Account | undefined> {
  let first: Account | undefined;
  for await (const account of inspectAccounts(storage, { app, now: Date.now() })) {
    if (account.principal.kind !== "location") continue;
    if (location === undefined ? account.action === "none" : account.principal.resource === location) return account;
    first ??= account;
  }
  if (location !== undefined) throw new UsageError(`The app is not installed on ${location}.`);
  return first;
}
