import fc from "fast-check";
import { beforeEach, expect, test } from "vitest";
import { digestAtOnce, seeded, Simulation } from "./simulation.ts";
import { lifeMs, SimulatedWorld, type Member } from "./simulated-world.ts";

beforeEach(digestAtOnce);

const kinds = ["call", "put fails", "store away", "leases lost", "clock steps", "pause", "crash"] as const;

interface Step {
  readonly kind: (typeof kinds)[number];
  readonly by: number;
  /** Ms until the next step. */
  readonly untilNextMs: number;
  readonly ms: number;
  readonly forward: boolean;
}

function stepOf(allowed: readonly Step["kind"][]): fc.Arbitrary<Step> {
  return fc.record({
    kind: fc.constantFrom(...allowed),
    by: fc.nat(2),
    untilNextMs: fc.oneof(fc.nat(40), fc.nat(1_500)),
    ms: fc.oneof(fc.nat(300), fc.nat(4_000), fc.nat(60_000)),
    forward: fc.boolean(),
  });
}

interface Plan {
  /** Of the access token that stands in the store at first. */
  readonly leftMs: number;
  readonly lostAnswers: number;
  readonly steps: readonly Step[];
  readonly seed: number;
}

/** Three processes live through the steps; at the end everything works again, and each calls once more. */
async function live({ leftMs, lostAnswers, steps, seed }: Plan): Promise<SimulatedWorld> {
  const simulation = new Simulation(seeded(seed));
  const world = new SimulatedWorld(simulation);
  world.lostAnswers = lostAnswers;
  world.lostStoreAnswers = 0.02;
  await world.seed(leftMs);
  for (let index = 0; index < 3; index += 1) world.start();
  const calls: Promise<unknown>[] = [];
  const memberOf = (by: number): Member => world.members.filter(({ process }) => !process.isDead)[by] as Member;
  for (const { kind, by, untilNextMs, ms, forward } of steps) {
    const member = memberOf(by);
    const { process } = member;
    if (kind === "call") calls.push(world.call(member));
    else if (kind === "put fails") world.failsUntil.put = simulation.nowMs + ms;
    else if (kind === "store away") world.failsUntil.all = simulation.nowMs + Math.min(ms, 4_000);
    else if (kind === "leases lost") world.flushLeases();
    else if (kind === "clock steps") process.stepped += forward ? (process.stepped > 0 ? 0 : 60_000) : process.stepped < 0 ? 0 : -60_000;
    else if (kind === "crash") {
      process.isDead = true;
      world.start();
    } else if (!process.isPaused) {
      simulation.pause(process);
      simulation.schedule(ms, () => simulation.resume(process));
    }
    await simulation.run(untilNextMs);
  }
  await simulation.run(70_000);
  for (const member of world.members) if (!member.process.isDead) calls.push(world.call(member));
  await simulation.run(200_000);
  // Calls of processes that died never end.
  void Promise.all(calls);
  return world;
}

const calls = ["call", "call", "call", "call"] as const;

async function holds(
  kind: readonly Step["kind"][],
  plan: Partial<Plan>,
  judge: (world: SimulatedWorld) => Promise<void> | void,
): Promise<void> {
  await fc.assert(
    fc.asyncProperty(fc.array(stepOf(kind), { minLength: 4, maxLength: 16 }), fc.nat(1_000_000), async (steps, seed) => {
      await judge(await live({ leftMs: 12 * 3_600_000 - 1, lostAnswers: 0, steps, seed, ...plan }));
    }),
    { numRuns: Number(process.env["GHLKIT_RUNS"] ?? 60) },
  );
}

test("while the access token lives, nothing makes a refresh token be sent twice: stores, leases, pauses, crashes, clocks, lost answers", async () => {
  const everything = [...calls, "put fails", "store away", "leases lost", "clock steps", "pause", "crash"] as const;
  await holds(everything, { lostAnswers: 0.2 }, ({ reuses }) => expect(reuses).toEqual({ early: 0, late: 0 }));
}, 300_000);

test("with an access token that has ended, failing stores, lost leases and clock steps do not either, as long as its user lives", async () => {
  const failures = [...calls, "put fails", "store away", "leases lost", "clock steps"] as const;
  await holds(failures, { leftMs: -1_000 }, async (world) => {
    expect(world.reuses).toEqual({ early: 0, late: 0 });
    const stored = await world.stored();
    expect(world.isUnused(stored?.refreshToken ?? "")).toBe(true);
  });
}, 300_000);

test("with an access token that has ended, a refresh token whose user stopped or died is tried once more", async () => {
  const everything = [...calls, "put fails", "store away", "leases lost", "clock steps", "pause", "crash"] as const;
  await holds(everything, { leftMs: -1_000 }, (world) => {
    expect(world.reuses.early).toBe(0);
    expect(world.mostReused()).toBeLessThanOrEqual(1);
  });
}, 300_000);

test("an access token of a day is renewed once half of it has passed, and not before", async () => {
  for (const [leftMs, refreshes] of [
    [lifeMs / 2 + 60_000, 0],
    [lifeMs / 2 - 1, 1],
  ] as const) {
    const simulation = new Simulation(seeded(1));
    const world = new SimulatedWorld(simulation);
    await world.seed(leftMs);
    void world.call(world.start());
    await simulation.run(10_000);
    expect(world.refreshes).toBe(refreshes);
  }
});
