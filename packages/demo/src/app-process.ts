import { fork, type ChildProcess } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import type { Environment } from "@ghlkit/app-kit/server";
import { inheritedEnvironment } from "@ghlkit/app-kit/testing";
import type { Application } from "./applications.ts";

/** What an application's process reports when it listens. */
export interface Started {
  readonly type: "started";
  readonly url: string;
}

/** An application in a process of its own, which is started again when it dies. */
export interface AppProcess {
  readonly application: Application;
  readonly url: () => string;
  /** A new link for one person. */
  readonly link: () => Promise<string>;
  readonly pid: () => number;
  /** `kill -9`. It comes back: resolves when it listens again. @throws Error when it does not, tried five times */
  readonly kill: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** An application keeps little in memory: a small young generation spares a third of its process. Its `dev` script has the same. */
const smallHeap = "--max-semi-space-size=2";

/** How often one that died is started before it is left. */
const restarts = 5;

/** @param locationId Links are for it. */
export async function startAppProcess(application: Application, env: Environment, locationId: string): Promise<AppProcess> {
  let child: ChildProcess;
  let url = "";
  let isOpen = true;
  /** It listens. */
  let up: Promise<void>;
  /** Links come in the order in which they were asked for, one at a time. */
  let lastLink: Promise<string | undefined> = Promise.resolve("");
  const start = (port: string | undefined): Promise<void> =>
    new Promise((resolve, reject) => {
      child = fork(application.main, {
        env: { ...inheritedEnvironment(), ...env, PORT: port },
        execArgv: [...process.execArgv, smallHeap],
        stdio: ["ignore", "ignore", "inherit", "ipc"],
      });
      let listens = false;
      child.once("message", (message) => {
        listens = true;
        ({ url } = message as Started);
        resolve();
      });
      child.once("error", reject);
      child.once("exit", (code) => {
        if (!listens) reject(new Error(`${application.title} ended with code ${code} before it listened.`));
        else if (isOpen) {
          up = restart();
          up.catch((error: unknown) => isOpen && console.error(error));
        }
      });
    });
  /** One that is killed before it listens is started again as well. */
  const restart = async (): Promise<void> => {
    const { port } = new URL(url);
    for (let tries = 1; ; tries += 1)
      try {
        return await start(port);
      } catch (error) {
        if (tries === restarts) throw error;
        await sleep(100 * tries);
        if (!isOpen) throw error;
      }
  };
  const end = async (signal: "SIGKILL" | "SIGTERM"): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
    child.kill(signal);
    await ended;
  };
  /** @returns `undefined` when the process ended meanwhile, or has not taken the location in yet */
  const askLink = async (): Promise<string | undefined> => {
    await up;
    const asked = child;
    return new Promise((resolve) => {
      const end = (link?: string): void => {
        asked.off("message", answer);
        asked.off("exit", gone);
        resolve(link);
      };
      const answer = (message: unknown): void => end((message as { readonly link?: string }).link);
      const gone = (): void => end();
      asked.once("message", answer);
      asked.once("exit", gone);
      asked.send({ type: "link", locationId }, (error) => error !== null && gone());
    });
  };
  // Its own port, or a free one where that is taken; afterwards the same, which its pages know.
  up = start(undefined);
  await up;
  return {
    application,
    url: () => url,
    pid: () => child.pid ?? 0,
    async link() {
      for (;;) {
        lastLink = lastLink.catch(() => undefined).then(askLink);
        const link = await lastLink;
        if (link !== undefined) return link;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    },
    async kill() {
      await end("SIGKILL");
      await up;
    },
    async close() {
      isOpen = false;
      await end("SIGTERM");
    },
  };
}
