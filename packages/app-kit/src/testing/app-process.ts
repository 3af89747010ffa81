import { fork, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Served } from "../server/serve.ts";
import { inheritedEnvironment } from "./inherited-environment.ts";
import type { StartApp } from "./open-app.ts";

/** An application in a process of its own, which can die at any moment. */
export interface AppProcess {
  readonly served: Pick<Served, "url" | "close"> & { readonly link: (locationId: string) => Promise<string> };
  /** `kill -9`. */
  readonly kill: () => Promise<void>;
  /** Starts it again, on the same port and data. */
  readonly restart: () => Promise<void>;
}

/**
 * Starts an application in a process of its own. Its clock leaps with that of the test.
 * @param module Exports the function that starts it, under `name`.
 */
export function inProcess(module: URL, name: string): StartApp<AppProcess> {
  return async (env, clock) => {
    let child: ChildProcess;
    let [port, last] = ["0", 0];
    const ask = <Answer>(question: object): Promise<Answer> => {
      const id = (last += 1);
      const answer = new Promise<Answer>((resolve, reject) => {
        const ended = (): void => reject(new Error("The process of the application has ended."));
        const read = (message: unknown): void => {
          const { id: of, answer: value } = message as { readonly id: number; readonly answer: Answer };
          if (of !== id) return;
          child.off("message", read);
          child.off("exit", ended);
          resolve(value);
        };
        child.on("message", read);
        child.once("exit", ended);
      });
      child.send({ id, ...question });
      return answer;
    };
    const start = async (): Promise<string> => {
      child = fork(fileURLToPath(new URL("run-app.ts", import.meta.url)), {
        env: { ...inheritedEnvironment(), ...env, PORT: port },
        stdio: ["ignore", "ignore", "inherit", "ipc"],
      });
      return ask<string>({ type: "start", module: module.href, name, at: new Date(clock.now()).toISOString() });
    };
    const end = async (signal: "SIGKILL" | "SIGTERM"): Promise<void> => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.kill(signal);
      await ended;
    };
    const url = await start();
    port = new URL(url).port;
    clock.onLeap(async (ms) => void (child.connected && (await ask({ type: "leap", ms }))));
    return {
      served: { url, link: (locationId) => ask<string>({ type: "link", locationId }), close: () => end("SIGTERM") },
      kill: () => end("SIGKILL"),
      restart: async () => void (await start()),
    };
  };
}
