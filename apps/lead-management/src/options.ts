import { fileURLToPath } from "node:url";
import { Command } from "commander";
import { readAccountEnv, type AccountEnv } from "./account-env.ts";
import { UsageError } from "./usage-error.ts";

/** What the command line and the environment ask for. */
export interface Options {
  readonly csv: string;
  readonly out: string;
  readonly live: LiveOptions | undefined;
  /** On the emulator: as an installed marketplace app instead of with a private token. */
  readonly oauth: boolean;
  readonly concurrency: number;
}

export interface LiveOptions extends AccountEnv {
  /** Without it nothing is written: the app prints what it would do. */
  readonly write: boolean;
  readonly sendMessages: boolean;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads arguments and environment. Without `GHL_TOKEN` the app runs on its own emulator.
 * @throws UsageError when they do not go together.
 */
export function readOptions(argv: readonly string[], env: Environment): Options {
  const command = new Command("lead-management")
    .description("Pushes a CSV of leads into HighLevel: contact, tag, opportunity, follow-up.")
    .option("--csv <file>", "leads to push", fileURLToPath(new URL("../data/leads.csv", import.meta.url)))
    .option("--out <file>", "one outcome per row, as CSV", fileURLToPath(new URL("../out/outcomes.csv", import.meta.url)))
    .option("--concurrency <n>", "rows worked on at once", "20")
    .option("--oauth", "on the emulator: as an app installed through OAuth instead of with a private token")
    .option("--live", "write to the account of GHL_TOKEN (with --yes)")
    .option("--yes", "yes, really write")
    .option("--send-messages", "also send SMS to real people")
    .addHelpText(
      "after",
      "\nWithout GHL_TOKEN the app runs on a local emulator. With it, nothing is written unless --live --yes is given\nand GHL_WRITE_LOCATIONS names the location.",
    )
    .parse([...argv], { from: "user" });
  const flags = command.opts<{
    csv: string;
    out: string;
    concurrency: string;
    oauth?: true;
    live?: true;
    yes?: true;
    sendMessages?: true;
  }>();
  const concurrency = Number(flags.concurrency);
  if (!Number.isInteger(concurrency) || concurrency < 1 || concurrency > 1000)
    throw new UsageError("--concurrency must be a number from 1 to 1000.");
  const live = readLive(flags, env);
  if (live !== undefined && flags.oauth === true) throw new UsageError("--oauth is for the emulator: unset GHL_TOKEN and GHL_LOCATION_ID.");
  return { csv: flags.csv, out: flags.out, concurrency, live, oauth: flags.oauth === true };
}

function readLive(flags: { live?: true; yes?: true; sendMessages?: true }, env: Environment): LiveOptions | undefined {
  const account = readAccountEnv(env);
  if (account === undefined) {
    if (flags.live === true) throw new UsageError("--live needs GHL_TOKEN and GHL_LOCATION_ID, see .env.example.");
    return undefined;
  }
  const write = flags.live === true && flags.yes === true;
  if (flags.live === true && flags.yes !== true)
    throw new UsageError("--live writes to a real account: add --yes to confirm, or leave both out for a dry run.");
  if (flags.sendMessages === true && !write) throw new UsageError("--send-messages works only together with --live --yes.");
  const allowed = (env["GHL_WRITE_LOCATIONS"] ?? "").split(",").map((id) => id.trim());
  if (write && !allowed.includes(account.locationId))
    throw new UsageError(`Location ${account.locationId} is not in GHL_WRITE_LOCATIONS: name it there to allow writing.`);
  return { ...account, write, sendMessages: flags.sendMessages === true };
}
