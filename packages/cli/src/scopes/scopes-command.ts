import type { Command } from "commander";
import { defineCommand, type Json, type Print } from "../define-command.ts";
import { compareScopes, type ScopesOptions } from "./compare-scopes.ts";

/** Adds `ghlkit scopes`. */
export function addScopes(program: Command, print: Print): void {
  defineCommand(program, "scopes", "compare the scopes that your code needs with those that are granted; exit code 1 when one is missing")
    .option("--source <path...>", "folders or files of your code; tests are left out", ["src"])
    .option("--granted <scopes>", "separated by blanks or commas; default: those of the installations in GHL_DATABASE")
    .option("--app <id>", "client id of the app; default: GHL_CLIENT_ID, or all apps in GHL_DATABASE")
    .option("--needs <ids...>", "operations that are called and that text does not show, such as contacts.create")
    .option("--ignore <ids...>", "operations that are found and not called")
    .option("--usage <file>", "JSON of operations that were called: a list of ids, or spentBy of limiter.inspect()")
    .action((options: ScopesOptions & Json) => print(compareScopes(options), options));
}
