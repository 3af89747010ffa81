import type { Command } from "commander";
import type { Report } from "./report.ts";

/** Prints what a command found, and sets its exit code. */
export type Print = (work: Promise<Report>, options: { readonly json?: boolean }) => Promise<void>;

/** The option that every command has. */
export type Json = { readonly json?: boolean };

const exitCodes = "\nExit codes: 0 all well, 1 found something wrong or failed, 2 called wrongly.";

/** A command with what all have: `--json`, and the exit codes in its help. */
export function defineCommand(parent: Command, usage: string, description: string): Command {
  return parent.command(usage).description(description).option("--json", "print JSON, for programs").addHelpText("after", exitCodes);
}
