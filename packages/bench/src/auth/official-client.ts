import { HighLevel, MemorySessionStorage, type ISessionData } from "@gohighlevel/api-client";
import type { TokenRecord } from "@ghlkit/storage";
import type { InstalledApp } from "./app-on-emulator.ts";

/** The official client's own store in memory, as slow as a database and, once, as unreliable. */
export class OfficialStore extends MemorySessionStorage {
  readonly #delayMs: () => number;
  failsNextWrite = false;

  constructor(delayMs: () => number = () => 0) {
    super();
    this.#delayMs = delayMs;
  }

  override async getSession(resource: string): Promise<ISessionData | null> {
    return this.#slowly(() => super.getSession(resource));
  }

  override async setSession(resource: string, session: ISessionData): Promise<void> {
    if (this.failsNextWrite) {
      this.failsNextWrite = false;
      throw new Error("the disk is away for a moment");
    }
    return this.#slowly(() => super.setSession(resource, session));
  }

  /** The work is done somewhere in the time, as by a database at the other end of a network. */
  async #slowly<Result>(work: () => Promise<Result>): Promise<Result> {
    const ms = this.#delayMs();
    const there = ms * Math.random();
    if (ms > 0) await new Promise((resolve) => setTimeout(resolve, there));
    const result = await work();
    if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms - there));
    return result;
  }
}

/** The official client on the same platform, with its tokens in a store. */
export function officialClient({ emulator, url }: Pick<InstalledApp, "emulator" | "url">, sessionStorage: OfficialStore): HighLevel {
  const { clientId, clientSecret } = emulator.seed.app;
  const client = new HighLevel({ clientId, clientSecret, sessionStorage, logLevel: "none" });
  client.getHttpClient().defaults.baseURL = url;
  return client;
}

/** A pair as the official client keeps it, about to expire. */
export function expiringSession(pair: TokenRecord): ISessionData {
  const { accessToken, refreshToken, userType, companyId, locationId } = pair;
  return {
    access_token: accessToken,
    refresh_token: refreshToken ?? "used-up",
    userType,
    // Its store makes the end from this; a token with half a minute left is refreshed.
    expires_in: 1,
    ...(companyId === undefined ? {} : { companyId }),
    ...(locationId === undefined ? {} : { locationId }),
  };
}

/** Makes different calls, spread over a time, and counts those that fail. */
export async function officialFailures(client: HighLevel, locationId: string, count: number, withinMs: number): Promise<number> {
  const outcomes = await Promise.allSettled(
    Array.from({ length: count }, async (_, index) => {
      if (withinMs > 0) await new Promise((resolve) => setTimeout(resolve, (index * withinMs) / count));
      return client.contacts.createContact({ locationId, firstName: `n${index}`, email: `${crypto.randomUUID()}@example.com` } as never);
    }),
  );
  return outcomes.filter(({ status }) => status === "rejected").length;
}

/** How often the company's own token was refreshed, with or without success. */
export function companyRefreshes(app: InstalledApp, start: number): number {
  const requests = app.emulator.oauth.tokenRequests().slice(start);
  return requests.filter(
    ({ grant, companyId, locationId }) => grant === "refresh_token" && companyId !== undefined && locationId === undefined,
  ).length;
}
