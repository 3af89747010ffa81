import { readFile } from "node:fs/promises";
import { openDemo, type Demo } from "@ghlkit/demo/open-demo";
import { runTime } from "@ghlkit/demo/run-time";
import { storyWorld } from "@ghlkit/demo/story-world";
import { measure, type Measure } from "../measure.ts";

const minute = 60_000;
const minutes = 60;
/** Caches fill, and code is compiled, in the first of them: the slope begins after it. */
const warmUp = 10;
const speed = 20;

interface Sample {
  /** Emulated minutes since the beginning. */
  readonly at: number;
  readonly mib: number;
}

/** Each application in a process of its own, its story once a minute, for an hour of emulated time: emulator and applications follow one clock. */
export async function hourOfMemory(): Promise<readonly Measure[]> {
  const demo = await openDemo({
    emulator: { enforceBurstLimit: false, journalSize: 0, webhooks: { logSize: 100 } },
    env: () => ({ APP_CLOCK: "emulator" }),
  });
  const time = runTime(demo.platform.emulator, speed);
  try {
    const figures = await Promise.all(demo.apps.map((app) => workFor(demo, app)));
    return figures.flat();
  } finally {
    time.stop();
    await demo.close();
  }
}

async function workFor(demo: Demo, app: Demo["apps"][number]): Promise<readonly Measure[]> {
  const { clock } = demo.platform.emulator;
  const { application } = app;
  const samples: Sample[] = [];
  const begun = clock.now();
  let stories = 0;
  let failed = 0;
  for (let at = 0; at < minutes; at = (clock.now() - begun) / minute) {
    await application.story(storyWorld(demo, app, () => {})).catch((error: unknown) => {
      failed += 1;
      console.error(`${application.name}: a story failed`, error);
    });
    stories += 1;
    samples.push({ at: (clock.now() - begun) / minute, mib: await residentMib(app.pid()) });
    while (clock.now() - begun < (Math.floor(at) + 1) * minute) await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const after = samples.filter((sample) => sample.at >= warmUp);
  const label = `${application.name}: an hour of emulated time`;
  return [
    measure(
      `${label}: resident memory at its end`,
      samples.at(-1)?.mib ?? Number.NaN,
      "MiB",
      { atMost: 150 },
      { first: samples[0]?.mib ?? Number.NaN },
    ),
    measure(`${label}: growth in 10 minutes, after the first ${warmUp}`, slope(after) * 10, "MiB", { atMost: 1 }),
    measure(`${label}: stories that failed`, failed, "", { atMost: 0 }, { stories }),
  ];
}

/** `VmRSS` of a process (proc(5)). */
async function residentMib(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
}

/** Of the line that fits best, in MiB per minute. */
function slope(samples: readonly Sample[]): number {
  const mean = (of: (sample: Sample) => number): number => samples.reduce((sum, sample) => sum + of(sample), 0) / samples.length;
  const [middle, level] = [mean(({ at }) => at), mean(({ mib }) => mib)];
  return mean(({ at, mib }) => (at - middle) * (mib - level)) / mean(({ at }) => (at - middle) ** 2);
}
