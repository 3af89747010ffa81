import { isGhlError, type FetchLike } from "@ghlkit/core";
import { createMemoryStorage, type Stores } from "@ghlkit/storage";
import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import { oauth, type OAuth } from "../../src/index.ts";
import { createFakePlatform, type FakePlatform } from "../fake-platform.ts";
import { remoteStore } from "../simulation/remote-store.ts";
import { digestAtOnce, seeded, SimulatedProcess, Simulation } from "../simulation/simulation.ts";
import { appOptions, company, location } from "../token-setup.ts";

beforeEach(digestAtOnce);

const kinds = ["consent", "call", "refused", "INSTALL", "UNINSTALL", "UNINSTALL of the company", "late UNINSTALL", "uninstall"] as const;

interface Step {
  readonly kind: (typeof kinds)[number];
  readonly by: number;
  /** Ms until the next step. */
  readonly untilNextMs: number;
  /** Whether everything so far ends before the next step. */
  readonly alone: boolean;
}

const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom(...kinds),
  by: fc.nat(1),
  untilNextMs: fc.nat(12),
  alone: fc.nat(4).map((dice) => dice === 0),
});

/** Two processes of one app, on stores and a platform that answer in a seeded order of virtual time. */
class InstallationWorld {
  readonly simulation: Simulation;
  readonly memory: Stores;
  readonly platform: FakePlatform;
  readonly processes: readonly OAuth[];
  readonly unexpected: unknown[] = [];

  constructor(seed: number) {
    this.simulation = new Simulation(seeded(seed));
    const clock = { now: this.simulation.serverNow };
    this.memory = createMemoryStorage({ clock });
    this.platform = createFakePlatform({ reuse: "revoke-family", now: clock.now });
    this.processes = [this.#process(), this.#process()];
  }

  #process(): OAuth {
    const { simulation, memory, platform } = this;
    const process = new SimulatedProcess(simulation);
    const fetch: FetchLike = async (url, init) => {
      await simulation.travel(simulation.between(0, 8));
      const answer = url.includes("/installations") ? Response.json({ success: true }) : await platform.fetch(url, init);
      await simulation.travel(simulation.between(0, 8), process);
      return answer;
    };
    const stores = {
      ...memory,
      tokens: remoteStore(simulation, () => memory.tokens, { process }),
      leases: remoteStore(simulation, () => memory.leases, { process }),
      installations: remoteStore(simulation, () => memory.installations, { process }),
    };
    return oauth({ ...appOptions, stores, fetch, clock: process.clock });
  }

  async act({ kind, by }: Pick<Step, "kind" | "by">): Promise<void> {
    const { installations, tokens, endpoint } = this.processes[by] as OAuth;
    const timestamp = new Date(this.simulation.serverNow() + (kind.startsWith("late") ? -3_600_000 : 60_000)).toISOString();
    const event = { companyId: "com1", timestamp };
    if (kind === "consent")
      await installations.connect(await endpoint.exchange(this.platform.code({ userType: "Company", companyId: "com1" })));
    else if (kind === "call") await tokens.liveToken(location);
    else if (kind === "refused") await tokens.liveToken(location, { rejected: (await this.memory.tokens.get(location))?.accessToken });
    else if (kind === "INSTALL") await installations.apply({ type: "INSTALL", locationId: "loc1", ...event });
    else if (kind === "UNINSTALL") await installations.apply({ type: "UNINSTALL", locationId: "loc1", timestamp });
    else if (kind === "uninstall") await installations.uninstall({ location: "loc1" }, { reason: "left" });
    else await installations.apply({ type: "UNINSTALL", ...event });
  }

  async live(steps: readonly Step[]): Promise<void> {
    for (const one of steps) {
      this.act(one).catch((error: unknown) => {
        if (!isGhlError(error, "token_revoked") && !isGhlError(error, "token_expired")) this.unexpected.push(error);
      });
      await this.simulation.run(one.alone ? 10_000 : one.untilNextMs);
    }
    await this.simulation.run(300_000);
  }
}

async function judge(world: InstallationWorld): Promise<void> {
  const { memory, simulation, platform } = world;
  expect(world.unexpected).toEqual([]);
  for (const principal of [company, location]) {
    const [installation, pair] = await Promise.all([memory.installations.get(principal), memory.tokens.get(principal)]);
    if (installation?.state === "uninstalled") expect(pair).toBeUndefined();
  }
  const [agency, own] = await Promise.all([memory.installations.get(company), memory.installations.get(location)]);
  if (agency?.state !== "active") return;
  expect(await memory.tokens.get(company)).toBeDefined();
  if (own?.state !== "active") return;
  const fresh = oauth({ ...appOptions, stores: memory, fetch: platform.fetch, clock: new SimulatedProcess(simulation).clock });
  expect((await fresh.tokens.liveToken(location)).accessToken).toMatch(/^access-secret/);
}

const began: readonly Step[] = [
  { kind: "consent", by: 0, untilNextMs: 0, alone: true },
  { kind: "INSTALL", by: 0, untilNextMs: 0, alone: true },
];

describe("what is uninstalled has no token, and what is active can be called", () => {
  test("after any interleaving of consents, calls, installs and uninstalls in two processes", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), fc.nat(1_000_000), async (steps, seed) => {
        const world = new InstallationWorld(seed);
        await world.live([...began, ...steps]);
        await judge(world);
      }),
      { numRuns: Number(process.env["GHLKIT_RUNS"] ?? 150) },
    );
  }, 300_000);

  test("after two consents that overlap an uninstall, the company's UNINSTALL and a late one", async () => {
    const overlapping = ["consent", "uninstall", "UNINSTALL of the company", "consent", "late UNINSTALL"] as const;
    for (let seed = 0; seed < Number(process.env["GHLKIT_RUNS"] ?? 150); seed += 1) {
      const random = seeded(seed);
      const order = overlapping.map((kind) => ({ kind, key: random() })).toSorted((a, b) => a.key - b.key);
      const steps = order.map(({ kind }) => ({ kind, by: random() < 0.5 ? 0 : 1, untilNextMs: random() * 12, alone: false }));
      const world = new InstallationWorld(seed);
      await world.live([...began, ...steps]);
      await judge(world);
    }
  }, 300_000);
});
