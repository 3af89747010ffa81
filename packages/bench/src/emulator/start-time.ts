import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { measure, type Measure } from "../measure.ts";

const rounds = 7;
const here = fileURLToPath(new URL("../../../../", import.meta.url));

/**
 * How long a new process takes to answer, and how long an emulator takes to make; this version and the one before (`GHLKIT_BENCH_BEFORE`) in
 * turn. The machine runs other work: the least of the rounds is the one that it disturbed least.
 */
export async function startTime(): Promise<readonly Measure[]> {
  const before = process.env["GHLKIT_BENCH_BEFORE"];
  const created = createTimes(here);
  const ready = await readyTimes(here);
  const older = before === undefined ? undefined : { created: createTimes(before), ready: await readyTimes(before) };
  const against = (times: readonly number[] | undefined): Record<string, number> =>
    times === undefined ? {} : { before: Math.min(...times) };
  return [
    measure(
      `createEmulator(), first of a process, least of ${rounds}`,
      Math.min(...created),
      "ms",
      { atMost: 50 },
      against(older?.created),
    ),
    measure(
      `ready: from the start of the process until it listens, from sources, least of ${rounds}`,
      Math.min(...ready),
      "ms",
      { atMost: 500 },
      against(older?.ready),
    ),
  ];
}

function createTimes(root: string): readonly number[] {
  const module = JSON.stringify(`${root}/packages/emulator/src/index.ts`);
  const code = `const { createEmulator } = await import(${module}); const start = performance.now(); createEmulator(); console.log(performance.now() - start);`;
  return Array.from({ length: rounds }, () =>
    Number(execFileSync(process.execPath, ["--input-type=module", "--eval", code], { encoding: "utf8" })),
  );
}

async function readyTimes(root: string): Promise<readonly number[]> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const start = performance.now();
    const child = spawn(process.execPath, [`${root}/packages/emulator/src/bin.ts`, "--port", "0"], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    await once(child.stdout, "data");
    times.push(performance.now() - start);
    child.kill();
    await once(child, "exit");
  }
  return times;
}
