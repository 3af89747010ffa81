import { fork, type ChildProcess } from "node:child_process";
import type { Environment } from "@ghlkit/app-kit/server";
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
  /** `kill -9`. It comes back. */
  readonly kill: () => void;
  readonly close: () => Promise<void>;
}

export async function startAppProcess(application: Application, env: Environment): Promise<AppProcess> {
  let child: ChildProcess;
  let url = "";
  let isOpen = true;
  const start = async (port: number): Promise<void> => {
    child = fork(application.main, { env: { ...process.env, ...env, PORT: String(port) }, stdio: ["ignore", "ignore", "inherit", "ipc"] });
    const started = await new Promise<Started>((resolve, reject) => {
      child.once("message", (message) => resolve(message as Started));
      child.once("exit", (code) => reject(new Error(`${application.title} ended with code ${code} before it listened.`)));
    });
    ({ url } = started);
    child.removeAllListeners("exit");
    child.once("exit", () => {
      if (isOpen) void start(Number(new URL(url).port)).catch((error: unknown) => console.error(error));
    });
  };
  await start(application.port);
  return {
    application,
    url: () => url,
    link: () =>
      new Promise((resolve) => {
        child.once("message", (message) => resolve((message as { readonly link: string }).link));
        child.send({ type: "link" });
      }),
    kill: () => child.kill("SIGKILL"),
    async close() {
      isOpen = false;
      const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
      child.kill("SIGTERM");
      await ended;
    },
  };
}
