import { compose, fetchSend, isGhlError, readBody, withAttemptTimeout, type FetchLike } from "@ghlkit/core";
import { createMemoryStorage, type LeaseStore, type Stores, type TokenRecord } from "@ghlkit/storage";
import { resolveApp } from "../../src/endpoint/oauth-app.ts";
import { createTokenEndpoint } from "../../src/endpoint/token-endpoint.ts";
import type { AuthEvent } from "../../src/token/auth-event.ts";
import { DepartureChecks } from "../../src/token/departure-checks.ts";
import { createTokenManager, type TokenManager } from "../../src/token/token-manager.ts";
import { appOptions, location } from "../token-setup.ts";
import { remoteStore } from "./remote-store.ts";
import { SimulatedProcess, type Simulation } from "./simulation.ts";

export const lifeMs = 86_399_000;
export const refreshBeforeMs = 300_000;
const timeoutMs = 5_000;
const leaseTtlMs = 1_000;

export interface Member {
  readonly process: SimulatedProcess;
  readonly manager: TokenManager;
  readonly events: AuthEvent[];
}

interface Grant {
  readonly accessEndsAt: number;
  accepted: boolean;
  /** How often it came again after that. */
  reused: number;
}

/** Stores, a platform that takes each refresh token once, and processes of one app around them. */
export class SimulatedWorld {
  readonly simulation: Simulation;
  readonly members: Member[] = [];
  /** Refresh tokens sent again after their first use was accepted: while the access token lived, and near its end or later. */
  readonly reuses = { early: 0, late: 0 };
  refreshes = 0;
  /** Until when puts, or all of the token store, fail. */
  readonly failsUntil = { put: -1, all: -1 };
  /** Chance that a store's answer gets lost after its work. */
  lostStoreAnswers = 0;
  /** Chance that the platform's answer gets lost after its work, or comes after the timeout. */
  lostAnswers = 0;
  /** Chance that a token request takes 3 s: three leases. */
  slowAnswers = 0.3;
  readonly #memory: Stores;
  #leases: LeaseStore;
  readonly #grants = new Map<string, Grant>();
  #serial = 0;

  constructor(simulation: Simulation) {
    this.simulation = simulation;
    const clock = { now: simulation.serverNow };
    this.#memory = createMemoryStorage({ clock });
    this.#leases = this.#memory.leases;
  }

  /** The lease store restarts and has forgotten everything. */
  flushLeases(): void {
    this.#leases = createMemoryStorage({ clock: { now: this.simulation.serverNow } }).leases;
  }

  /** Puts a pair into the store whose access token has so long to live. */
  async seed(leftMs: number): Promise<void> {
    const pair = this.#issue(leftMs);
    await this.#memory.tokens.put(pair, { expectedVersion: 0 });
  }

  stored(): ReturnType<Stores["tokens"]["get"]> {
    return this.#memory.tokens.get(location);
  }

  /** How often the refresh token that was reused most came again. */
  mostReused(): number {
    return Math.max(...[...this.#grants.values()].map(({ reused }) => reused));
  }

  /** Whether a refresh token is the newest one of the platform. */
  isUnused(refreshToken: string): boolean {
    return this.#grants.get(refreshToken)?.accepted === false;
  }

  /** Starts a process. */
  start(): Member {
    const process = new SimulatedProcess(this.simulation);
    const departures = new DepartureChecks();
    const layers = [withAttemptTimeout({ clock: process.clock }), readBody, departures.layer];
    const send = compose(layers, fetchSend(this.#fetch(process)));
    const endpoint = createTokenEndpoint({ app: resolveApp(appOptions), send, now: process.clock.now, timeoutMs });
    const events: AuthEvent[] = [];
    const manager = createTokenManager({
      endpoint,
      departures,
      stores: this.#storesOf(process),
      clock: process.clock,
      random: () => this.simulation.random(),
      leaseTtlMs,
      refreshBeforeMs,
      onEvent: (event) => events.push(event),
    });
    const member = { process, manager, events };
    this.members.push(member);
    return member;
  }

  /** One call. What it fails with must be an error of ours. */
  async call({ manager }: Member): Promise<TokenRecord | undefined> {
    try {
      return await manager.liveToken(location);
    } catch (error) {
      if (isGhlError(error) || String(error).includes("the store is away")) return undefined;
      throw error;
    }
  }

  #issue(leftMs = lifeMs): TokenRecord {
    const serial = (this.#serial += 1);
    const accessEndsAt = this.simulation.serverNow() + leftMs;
    const refreshToken = `refresh-${serial}`;
    this.#grants.set(refreshToken, { accessEndsAt, accepted: false, reused: 0 });
    const issuedAt = accessEndsAt - lifeMs;
    const ids = { userType: "Location", locationId: location.resource } as const;
    return {
      principal: location,
      accessToken: `access-${serial}`,
      refreshToken,
      issuedAt,
      expiresAt: accessEndsAt,
      scopes: [],
      ...ids,
      extra: {},
    };
  }

  #refresh(token: string): Response {
    const grant = this.#grants.get(token);
    if (grant === undefined || grant.accepted) {
      // A clock that is a minute ahead takes the token for near its end a minute early.
      const isLate = this.simulation.serverNow() >= (grant?.accessEndsAt ?? 0) - refreshBeforeMs - 60_000;
      this.reuses[isLate ? "late" : "early"] += 1;
      if (grant !== undefined) grant.reused += 1;
      return Response.json({ statusCode: 400, message: "Invalid grant: refresh token is invalid" }, { status: 400 });
    }
    grant.accepted = true;
    this.refreshes += 1;
    const { accessToken, refreshToken } = this.#issue();
    return Response.json({
      accessToken,
      refreshToken,
      tokenType: "Bearer",
      expiresIn: lifeMs / 1000,
      userType: "Location",
      locationId: "loc1",
    });
  }

  #fetch(process: SimulatedProcess): FetchLike {
    return async (_url, init) => {
      const { simulation } = this;
      const form = new URLSearchParams(String(init.body));
      await simulation.travel(simulation.between(0, 20));
      const answer = this.#refresh(form.get("refreshToken") ?? "");
      const isSlow = simulation.random() < this.slowAnswers;
      const isLost = simulation.random() < this.lostAnswers;
      await simulation.travel(isSlow ? 3_000 : simulation.between(0, 200), process);
      if (isLost && isSlow) await simulation.travel(timeoutMs, process);
      else if (isLost) throw new TypeError("socket hang up");
      return answer;
    };
  }

  #storesOf(process: SimulatedProcess): Pick<Stores, "tokens" | "leases"> {
    const { simulation } = this;
    const lostAnswers = (): number => this.lostStoreAnswers;
    const over = <Store extends object>(store: () => Store, isAway: (name: string) => boolean): Store =>
      remoteStore(simulation, store, { process, isAway, lostAnswers });
    const { failsUntil } = this;
    return {
      tokens: over(
        () => this.#memory.tokens,
        (name) => simulation.nowMs < failsUntil.all || (name === "put" && simulation.nowMs < failsUntil.put),
      ),
      leases: over(
        () => this.#leases,
        () => false,
      ),
    };
  }
}
