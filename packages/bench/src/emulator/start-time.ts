import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { measure, type Measure } from "../measure.ts";

const rounds = 7;
const source = fileURLToPath(new URL("../../../emulator/src/", import.meta.url));

/** How long a new process takes to answer, and how long an emulator takes to make. */
export async function startTime(): Promise<readonly Measure[]> {
  const created: number[] = [];
  const ready: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    created.push(createOnce());
    ready.push(await readyOnce());
  }
  return [
    // The machine runs other work: the least of the rounds is the one that it disturbed least.
    measure(`createEmulator(), first of a process, processor time, least of ${rounds}`, Math.min(...created), "ms", { atMost: 50 }),
    measure(`ready: from the start of the process until it listens, least of ${rounds}`, Math.min(...ready), "ms", { atMost: 500 }),
  ];
}

function createOnce(): number {
  const code = `const { createEmulator } = await import(${JSON.stringify(`${source}index.ts`)}); const start = process.cpuUsage(); createEmulator(); const { user, system } = process.cpuUsage(start); console.log((user + system) / 1000);`;
  return Number(execFileSync(process.execPath, ["--input-type=module", "--eval", code], { encoding: "utf8" }));
}

async function readyOnce(): Promise<number> {
  const start = performance.now();
  const child = spawn(process.execPath, [`${source}bin.ts`, "--port", "0"], { stdio: ["ignore", "pipe", "inherit"] });
  try {
    await once(child.stdout, "data");
    return performance.now() - start;
  } finally {
    child.kill();
    await once(child, "exit");
  }
}
