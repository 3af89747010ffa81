import { openDemo, type Demo } from "../open-demo.ts";
import { storyWorld } from "../story-world.ts";
import { seeded } from "@ghlkit/test-servers/seeded";
import { createBookingWorkload } from "./booking-workload.ts";
import { breakPlatform, repairPlatform } from "./faults.ts";
import type { CreateWorkload, Workload } from "./fault-world.ts";
import { createInboxWorkload } from "./inbox-workload.ts";
import { createLeadsWorkload } from "./leads-workload.ts";
import { createPaymentsWorkload } from "./payments-workload.ts";
import { runTime } from "../run-time.ts";

const workloads: Readonly<Record<string, CreateWorkload>> = {
  leads: createLeadsWorkload,
  inbox: createInboxWorkload,
  booking: createBookingWorkload,
  payments: createPaymentsWorkload,
};

/** Names of the applications that have one. */
export const workloadNames: readonly string[] = Object.keys(workloads);

export interface FaultRunOptions {
  /** Decides all that is drawn: faults, ids, work, the moment of each kill. */
  readonly seed: number;
  readonly say: (line: string) => void;
  /** Names of applications; all by default. */
  readonly only?: readonly string[];
}

/**
 * Works all applications at once while the platform fails and each of their processes is killed once; then the platform is well for a day.
 * @returns Where an application differs from the platform: a sentence each.
 */
export async function runFaults({ seed, say, only }: FaultRunOptions): Promise<readonly string[]> {
  const demo = await openDemo({
    emulator: { seed: `fault-run-${seed}`, enforceBurstLimit: false, journalSize: 0 },
    env: () => ({ APP_CLOCK: "emulator" }),
  });
  const { emulator } = demo.platform;
  const time = runTime(emulator, 10);
  try {
    const running = demo.apps
      .filter(({ application: { name } }) => only?.includes(name) ?? true)
      .map((app, at) => open(demo, app, seeded(seed * 10 + at), say));
    for (const { prepare } of running) await prepare();
    breakPlatform(emulator);
    const begun = performance.now();
    await Promise.all(running.map(({ play }) => play()));
    say(`The work is done after ${((performance.now() - begun) / 1000).toFixed(0)} s. Met: ${repairPlatform(emulator).join(", ")}.`);
    await time.passDay();
    return await settled(running);
  } finally {
    time.stop();
    await demo.close();
  }
}

/** A workload that kills its process once, in the middle of its work. */
function open(demo: Demo, app: Demo["apps"][number], random: () => number, say: (line: string) => void): Workload {
  const { name, title } = app.application;
  const create = workloads[name];
  if (create === undefined) throw new Error(`There is no workload for ${title}.`);
  const { emulator, locationId, createContact } = storyWorld(demo, app, say);
  let done = 0;
  let killed: Promise<void> = Promise.resolve();
  const workload = create({
    emulator,
    locationId,
    app,
    random,
    createContact,
    progress() {
      done += 1;
      if (done !== killAt) return;
      // Not when something has just come to its end, but a moment later: work is under way.
      killed = new Promise((resolve) => setTimeout(resolve, random() * 500)).then(() => app.kill());
      say(`${title}: kill -9 after ${done} of ${workload.total}.`);
    },
  });
  const killAt = Math.ceil(workload.total * (0.3 + 0.3 * random()));
  return {
    ...workload,
    async play() {
      await workload.play();
      await killed;
    },
  };
}

/** A copy that reads everything again takes its time, on a busy machine the more: what differs counts when it still does after five minutes. */
async function settled(running: readonly Workload[]): Promise<readonly string[]> {
  const until = performance.now() + 300_000;
  for (;;) {
    const problems: string[] = [];
    for (const { name, compare } of running) problems.push(...(await compare()).map((problem) => `${name}: ${problem}`));
    if (problems.length === 0 || performance.now() > until) return problems;
    await new Promise((resolve) => setTimeout(resolve, 3000));
  }
}
