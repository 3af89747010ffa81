import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** A script of this folder in a process of its own, that can be killed. */
export interface Child {
  readonly process: ChildProcess;
  /** Resolves when it has ended. */
  readonly gone: Promise<void>;
  readonly kill: () => Promise<void>;
}

/** Options of Node.js with which a process keeps less garbage: those of the container in docs/deploy.md. */
export const smallHeap: readonly string[] = ["--max-semi-space-size=8"];

interface ChildOptions {
  /** Called with each message that it sends. */
  readonly onMessage?: (message: unknown) => void;
  /** Options of Node.js. */
  readonly flags?: readonly string[];
}

/** Starts a script of this folder with its order. */
export function startChild(script: string, order: object, { onMessage = () => {}, flags = [] }: ChildOptions = {}): Child {
  const child = fork(fileURLToPath(new URL(script, import.meta.url)), [JSON.stringify(order)], { execArgv: [...flags] });
  child.on("message", onMessage);
  const gone = once(child, "exit").then(() => undefined);
  return {
    process: child,
    gone,
    kill: async () => {
      child.kill("SIGKILL");
      await gone;
    },
  };
}

/** The order that {@link startChild} gave this process. */
export function readOrder<Order>(): Order {
  return JSON.parse(process.argv[2] ?? "{}") as Order;
}

/** A pause of the bench itself. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
