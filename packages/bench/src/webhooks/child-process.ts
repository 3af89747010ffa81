import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { openHttpLine, type HttpLine } from "./http-line.ts";

/** A script of this folder in a process of its own, and what it said first. */
export interface Child<Answer> {
  readonly process: ChildProcess;
  readonly answer: Answer;
  readonly ask: <Next>(question: string) => Promise<Next>;
  readonly end: () => Promise<void>;
}

export async function startChild<Answer>(script: string, args: readonly string[]): Promise<Child<Answer>> {
  const process = fork(fileURLToPath(new URL(script, import.meta.url)), args);
  const next = async <Message>(): Promise<Message> => {
    const [message] = (await Promise.race([once(process, "message"), failure(process, script)])) as [Message];
    return message;
  };
  return {
    process,
    answer: await next<Answer>(),
    ask: (question) => {
      process.send(question);
      return next();
    },
    end: async () => {
      if (process.exitCode !== null || process.signalCode !== null) return;
      const gone = once(process, "exit");
      process.kill();
      await gone;
    },
  };
}

/** Connections to servers, spread evenly over their ports. */
export async function openLines(ports: readonly number[], count: number): Promise<readonly HttpLine[]> {
  return Promise.all(Array.from({ length: count }, (_, at) => openHttpLine(ports[at % ports.length] ?? 0)));
}

async function failure(process: ChildProcess, script: string): Promise<never> {
  const [code] = (await once(process, "exit")) as [number | null];
  throw new Error(`${script} ended with ${code} and without an answer.`);
}
