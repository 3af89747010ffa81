import type { Command } from "commander";
import { defineCommand, type Json, type Print } from "../define-command.ts";
import { wholeNumber } from "../options/whole-number.ts";
import { listTokens, type TokensOptions } from "./list-tokens.ts";

/** Adds `ghlkit tokens`. */
export function addTokens(program: Command, print: Print): void {
  defineCommand(program, "tokens", "list private tokens and installations with age, last use and what is next; no token is printed")
    .option(
      "--tokens <file>",
      "JSON file of private tokens by location id, each a text or { token, createdAt }; default: GHL_TOKEN and GHL_LOCATION_ID",
    )
    .option("--app <id>", "client id of the app; default: GHL_CLIENT_ID, or all apps in GHL_DATABASE")
    .option("--rotate-after <days>", "age at which a private token is due", wholeNumber(1, 3650), 90)
    .option("--check", "exit code 1 when something is due")
    .action((options: TokensOptions & Json) => print(listTokens(options), options));
}
