import { runCli } from "../src/index.ts";

export interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** The command in this process. */
export async function run(...args: readonly string[]): Promise<Run> {
  let out = "";
  let err = "";
  const code = await runCli(args, {
    write: (text) => void (out += text),
    writeError: (text) => void (err += text),
    untilStopped: () => Promise.resolve(),
  });
  return { code, out, err };
}
