import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const script = fileURLToPath(new URL("mortal-process.ts", import.meta.url));

/** What a process is to do before it dies. */
export interface MortalOrder {
  readonly engine: "sqlite" | "postgres";
  /** File or connection string. */
  readonly at: string;
  readonly schema: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly baseUrl: string;
  readonly location: string;
  readonly leaseTtlMs: number;
}

/** After which step a process is killed. */
export type DeathAfter = "answered" | "written";

/** Processes that wait for an order: the next ones start while the last one dies. */
export class Mortals {
  readonly #waiting: Promise<ChildProcess>[] = [];
  readonly #ahead: number;
  #left: number;

  /** @param total How many will be needed in all. */
  constructor(ahead: number, total: number) {
    this.#ahead = ahead;
    this.#left = total;
  }

  /** Gives an order to a process and kills it with SIGKILL some milliseconds after it reached the step. The steps it told come back. */
  async kill(order: MortalOrder, after: DeathAfter, delayMs: number): Promise<readonly string[]> {
    for (; this.#waiting.length < this.#ahead && this.#left > 0; this.#left -= 1) this.#waiting.push(start());
    const child = await (this.#waiting.shift() as Promise<ChildProcess>);
    const steps: string[] = [];
    const gone = once(child, "exit");
    child.on("message", (step: string) => {
      steps.push(step);
      if (step === after) setTimeout(() => child.kill("SIGKILL"), delayMs);
    });
    child.send(order);
    const [code, signal] = (await gone) as [number | null, string | null];
    if (signal !== "SIGKILL") throw new Error(`A process ended by itself after ${steps.join(", ")}: ${code}`);
    return steps;
  }

  async close(): Promise<void> {
    for (const waiting of this.#waiting.splice(0)) (await waiting).kill("SIGKILL");
  }
}

async function start(): Promise<ChildProcess> {
  const child = fork(script, { stdio: ["ignore", "ignore", "inherit", "ipc"] });
  await once(child, "message");
  return child;
}
