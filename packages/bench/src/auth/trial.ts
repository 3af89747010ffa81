import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { createEmulator, type Emulator } from "@ghlkit/emulator";
import type { Stores } from "@ghlkit/storage";
import { createSqliteStorage } from "@ghlkit/storage-sqlite";
import { oauth } from "ghlkit";
import type { TrialOrder, TrialReport } from "./trial-order.ts";

const script = fileURLToPath(new URL("./trial-process.ts", import.meta.url));
const redirectUri = "http://127.0.0.1:3000/oauth/callback";
const lifeMs = 86_399_000;

export interface TrialOptions {
  readonly locations: number;
  /** Ms between the platform's work and its answer at the token endpoint. */
  readonly answerAfterMs: () => number;
  /** Where the access tokens stand: half of their life has passed, or they have ended. */
  readonly tokens: "half-life" | "ended";
  readonly redisUrl?: string;
  /** The token store is away for so long after each answer, in the first process. */
  readonly awayMs?: number;
  readonly leaseTtlMs: number;
}

/** What the platform counted, and what calls came to. */
export interface TrialResult {
  readonly refreshes: number;
  /** Refresh tokens that came again after their first use was accepted. */
  readonly reused: number;
  /** Locations whose pair is lost: the account has to consent again. */
  readonly lost: number;
  /** Calls that failed otherwise. */
  readonly failed: number;
}

/** Two real processes on one SQLite file, and a platform that withdraws the grant when a refresh token comes twice. */
export class Trial {
  readonly locations: readonly string[];
  readonly processes: readonly TrialProcess[];
  readonly #emulator: Emulator;
  readonly #server: Server;
  readonly #stores: Stores;
  readonly #folder: string;
  readonly #app: string;
  readonly #requestsBefore: number;

  private constructor(parts: {
    readonly emulator: Emulator;
    readonly server: Server;
    readonly stores: Stores;
    readonly folder: string;
    readonly locations: readonly string[];
    readonly processes: readonly TrialProcess[];
  }) {
    this.#emulator = parts.emulator;
    this.#server = parts.server;
    this.#stores = parts.stores;
    this.#folder = parts.folder;
    this.#app = parts.emulator.seed.app.clientId;
    this.locations = parts.locations;
    this.processes = parts.processes;
    this.#requestsBefore = parts.emulator.oauth.tokenRequests().length;
  }

  static async start(options: TrialOptions): Promise<Trial> {
    const folder = await mkdtemp(join(tmpdir(), "ghlkit-trial-"));
    const path = join(folder, "ghlkit.db");
    const emulator = createEmulator({ app: { bulk: false }, refreshReuse: "revoke-family", enforceBurstLimit: false });
    const server = await slowServer(emulator, options.answerAfterMs);
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const stores = createSqliteStorage({ path });
    const { clientId, clientSecret } = emulator.seed.app;
    const fetch = (input: string, init: RequestInit): Promise<Response> => emulator.fetch(new Request(input, init));
    const auth = oauth({ clientId, clientSecret, redirectUri, baseUrl: url, stores, fetch });
    const locations = emulator.oauth.addLocations(options.locations);
    for (const location of locations) {
      const { code } = emulator.oauth.authorize({ locations: [location], redirectUri });
      await auth.installations.connect(await auth.endpoint.exchange(code));
      await age(stores, { app: clientId, kind: "location", resource: location }, options.tokens);
    }
    const env = {
      ...process.env,
      TRIAL_DB: path,
      TRIAL_URL: url,
      TRIAL_CLIENT_ID: clientId,
      TRIAL_CLIENT_SECRET: clientSecret,
      TRIAL_LEASE_MS: String(options.leaseTtlMs),
      ...(options.redisUrl === undefined ? {} : { TRIAL_REDIS: options.redisUrl }),
    };
    const first = options.awayMs === undefined ? env : { ...env, TRIAL_AWAY_MS: String(options.awayMs) };
    const processes = await Promise.all([TrialProcess.start(first), TrialProcess.start(env)]);
    return new Trial({ emulator, server, stores, folder, locations, processes });
  }

  /** How many refreshes the platform has accepted so far. */
  accepted(): number {
    return this.#counts().refreshes;
  }

  /** Each process calls every location a last time. */
  async end(): Promise<TrialResult> {
    for (const one of this.processes) await Promise.all(this.locations.map((location) => one.call(location)));
    let lost = 0;
    for (const resource of this.locations) {
      const stored = await this.#stores.tokens.get({ app: this.#app, kind: "location", resource });
      if (stored?.refreshToken === undefined) lost += 1;
    }
    const failed = this.processes.reduce((sum, one) => sum + one.failed, 0);
    const counts = this.#counts();
    for (const one of this.processes) await one.stop();
    await new Promise((resolve) => (this.#server.close(resolve), this.#server.closeAllConnections()));
    await this.#stores.close();
    await rm(this.#folder, { recursive: true, force: true });
    return { ...counts, lost, failed };
  }

  #counts(): Pick<TrialResult, "refreshes" | "reused"> {
    const requests = this.#emulator.oauth.tokenRequests().slice(this.#requestsBefore);
    const refreshes = requests.filter(({ grant }) => grant === "refresh_token");
    return {
      refreshes: refreshes.filter(({ outcome }) => outcome === "issued").length,
      reused: refreshes.filter(({ outcome }) => outcome === "reused").length,
    };
  }
}

/** A process of a trial. */
export class TrialProcess {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<string, ((outcome: string) => void)[]>();
  failed = 0;

  private constructor(child: ChildProcess) {
    this.#child = child;
    child.on("message", (report: TrialReport) => {
      if (report.type !== "called") return;
      if (report.outcome !== "alive" && report.outcome !== "token_revoked") this.failed += 1;
      this.#waiting.get(report.location)?.shift()?.(report.outcome);
    });
  }

  static async start(env: NodeJS.ProcessEnv): Promise<TrialProcess> {
    const child = fork(script, { env, stdio: ["ignore", "ignore", "inherit", "ipc"] });
    await once(child, "message");
    return new TrialProcess(child);
  }

  call(location: string): Promise<string> {
    return new Promise((resolve) => {
      this.#waiting.set(location, [...(this.#waiting.get(location) ?? []), resolve]);
      this.#child.send({ type: "call", location } satisfies TrialOrder);
    });
  }

  step(ms: number): void {
    this.#child.send({ type: "step", ms } satisfies TrialOrder);
  }

  pause(): void {
    this.#child.kill("SIGSTOP");
  }

  resume(): void {
    this.#child.kill("SIGCONT");
  }

  async stop(): Promise<void> {
    const gone = once(this.#child, "exit");
    this.#child.kill("SIGKILL");
    await gone;
  }
}

/** The emulator over a socket; token answers leave some time after the work was done. */
async function slowServer(emulator: Emulator, answerAfterMs: () => number): Promise<Server> {
  const server = createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const { method = "GET", url = "/", headers } = request;
      const body = method === "GET" ? {} : { body: Buffer.concat(chunks) };
      const forwarded = { "content-type": headers["content-type"] ?? "", version: String(headers["version"] ?? "v3") };
      const answer = await emulator.fetch(new Request(`http://127.0.0.1${url}`, { method, headers: forwarded, ...body }));
      const text = await answer.text();
      await wait(answerAfterMs());
      response.writeHead(answer.status, { "content-type": "application/json" }).end(text);
    })().catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}

/** Puts the stored pair at a point of its life. */
async function age(stores: Stores, principal: Parameters<Stores["tokens"]["get"]>[0], tokens: TrialOptions["tokens"]): Promise<void> {
  const stored = await stores.tokens.get(principal);
  if (stored === undefined) throw new Error("The pair was not stored.");
  const expiresAt = Date.now() + (tokens === "half-life" ? lifeMs / 2 - 120_000 : -120_000);
  await stores.tokens.put({ ...stored, issuedAt: expiresAt - lifeMs, expiresAt }, { expectedVersion: stored.version });
}
