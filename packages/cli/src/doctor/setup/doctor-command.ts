import type { Command } from "commander";
import { defineCommand, type Json, type Print } from "../../define-command.ts";
import { examineSetup, type SetupOptions } from "./examine-setup.ts";

/** Adds `ghlkit doctor`. */
export function addDoctor(program: Command, print: Print): void {
  defineCommand(program, "doctor", "look at token, scopes, Version, clock, rate limit, store and webhook address, and say what to do")
    .option("--location <id>", "location of an app to look at; default: the first that is installed")
    .option("--webhooks <url>", "public address of your endpoint: a delivery without a signature is posted to it")
    .action((options: SetupOptions & Json) => print(examineSetup(options), options));
}
