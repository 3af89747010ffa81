import { CommanderError } from "commander";
import { isGhlError } from "ghlkit";
import type { CliEnvironment } from "./cli-environment.ts";
import { printable } from "./printable.ts";
import { createProgram } from "./program.ts";
import { UsageError } from "./usage-error.ts";

/** With the location whose call failed: `--tokens` may name many. */
function messageOf(error: unknown): string {
  if (!isGhlError(error)) return error instanceof Error ? error.message : String(error);
  const { message, principal } = error;
  const location = principal?.kind === "location" ? principal.resource : undefined;
  return location === undefined || message.includes(location) ? message : `${message} (location ${printable(location)})`;
}

/** The command `ghlkit`. Resolves to the exit code: 0 all well, 1 found something wrong or failed, 2 called wrongly. Never rejects. */
export async function runCli(args: readonly string[], environment: CliEnvironment): Promise<number> {
  let code = 0;
  try {
    const program = createProgram(environment, (ok) => void (code = ok ? 0 : 1));
    await program.parseAsync([...args], { from: "user" });
    return code;
  } catch (error) {
    // Commander has printed its own message by now.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    environment.writeError(`${messageOf(error)}\n`);
    return error instanceof UsageError ? 2 : 1;
  }
}
