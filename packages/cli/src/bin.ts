#!/usr/bin/env node
import { runCli } from "./run-cli.ts";

// The reader of the output has gone: what came in is stored, and further output would not be seen.
process.stdout.on("error", () => process.exit(1));

process.exitCode = await runCli(process.argv.slice(2), {
  write: (text) => void process.stdout.write(text),
  writeError: (text) => void process.stderr.write(text),
  untilStopped: () =>
    new Promise((resolve) => {
      for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
    }),
});
