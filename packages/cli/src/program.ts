import { reports } from "@ghlkit/sync";
import { Command, Option } from "commander";
import { backUp, type BackupCommandOptions } from "./backup/back-up.ts";
import { erase, type EraseCommandOptions } from "./backup/erase.ts";
import { restoreBackup, type RestoreCommandOptions } from "./backup/restore.ts";
import type { CliEnvironment } from "./cli-environment.ts";
import { defineCommand as command, type Json, type Print } from "./define-command.ts";
import { drills, runDrills } from "./drill/run-drills.ts";
import { examineEndpoint, type DoctorOptions } from "./doctor/doctor.ts";
import { addDoctor } from "./doctor/setup/doctor-command.ts";
import { ensureLocationFields, type EnsureFieldsOptions } from "./fields/ensure-location-fields.ts";
import { pullFields, type PullOptions } from "./fields/pull-fields.ts";
import { listDead, type DeadOptions } from "./inbox/dead.ts";
import { inspectDelivery } from "./inbox/inspect.ts";
import { replayDeliveries, type ReplayOptions } from "./inbox/replay.ts";
import { defaultDatabase } from "./inbox/with-inbox.ts";
import { importContacts, type ImportOptions } from "./import/import-contacts.ts";
import { listen, type ListenOptions } from "./listen/listen.ts";
import { wholeNumber } from "./options/whole-number.ts";
import type { Report } from "./report.ts";
import { addScopes } from "./scopes/scopes-command.ts";
import { defaultSeed } from "./signing/emulator-signer.ts";
import { showKey } from "./signing/key.ts";
import { packageVersion } from "./package-version.ts";
import { defaultCopy, type CopyOptions } from "./sync/open-copy.ts";
import { showReport } from "./sync/show-report.ts";
import { reconcileCopy, showStatus, verifyCopy } from "./sync/sync-commands.ts";
import { triggerEvent, type TriggerOptions } from "./signing/trigger.ts";
import { addTokens } from "./tokens/tokens-command.ts";

/** Receives the exit code of a command. */
type Finish = (ok: boolean) => void;

/** The commands. Commander throws instead of leaving the process. */
export function createProgram(environment: CliEnvironment, finish: Finish): Command {
  const program = new Command("ghlkit").description("The toolkit for the HighLevel API.").exitOverride();
  program
    .version(packageVersion(), "-v, --version", "print the version")
    .configureOutput({ writeOut: environment.write, writeErr: environment.writeError })
    .showHelpAfterError("(run it with --help for the commands and options)");
  const webhooks = program.command("webhooks").description("Receive, replay, inspect and test webhooks.");
  const print = async (work: Promise<Report>, { json }: { readonly json?: boolean }): Promise<void> => {
    const report = await work;
    if (report.warning !== undefined) environment.writeError(`${report.warning}\n`);
    environment.write(json === true ? `${JSON.stringify(report.json)}\n` : `${report.text.trimEnd()}\n`);
    finish(report.ok);
  };
  addListen(webhooks, async (options) => finish(await listen(options, environment)));
  addInbox(webhooks, print);
  addTesting(webhooks, print);
  addImport(program.command("import").description("Import files."), (file, options) =>
    print(importContacts(file, options, environment), options),
  );
  addFields(program.command("fields").description("Custom fields of locations."), print);
  addSync(program.command("sync").description("The copy that an application keeps with @ghlkit/sync."), print);
  addReport(program, print);
  addBackup(program, print);
  addTokens(program, print);
  addDoctor(program, print);
  addScopes(program, print);
  addDrill(program, print);
  addRestore(program, (options) => print(restoreBackup(options, environment), options));
  return program;
}

function addListen(webhooks: Command, run: (options: ListenOptions) => Promise<void>): void {
  command(webhooks, "listen", "receive on this machine, keep what is genuine and show it live")
    .requiredOption("--app <id>", "id of your app: what is signed for another is refused")
    .option("--port <n>", "0 takes a free one", wholeNumber(0, 65_535), 4020)
    .option("--host <address>", "address to listen on", "127.0.0.1")
    .option("--path <path>", "path of the endpoint", "/webhooks")
    .option("--db <file>", "SQLite file of the inbox, made when it is missing; for this listener alone", defaultDatabase)
    .option("--since <time>", "show first what arrived since: 90s, 30m, 2h, 7d ago, or ISO 8601")
    .option("--forward <url>", "pass each event on to a local app: the same bytes, the same signature")
    .option("--allow-remote", "forward to another machine than this one")
    .option("--emulator-key", "take what trigger and doctor sign for genuine, too")
    .option("--seed <text>", "seed of the emulator whose key that is", defaultSeed)
    .action(run);
}

function addFields(fields: Command, print: Print): void {
  const tokens = [
    "--tokens <file>",
    "JSON file of private integration tokens by location id; default: GHL_TOKEN and GHL_LOCATION_ID",
  ] as const;
  command(fields, "pull", "print or write the custom fields of a location as a typed map")
    .option("--out <file>", "write it: .ts for the typed map, .json for fields ensure")
    .option(...tokens)
    .action((options: PullOptions & Json) => print(pullFields(options), options));
  command(fields, "ensure", "create what locations lack of the fields in a file, and report where they differ")
    .argument("<file>", "as fields pull --out fields.json writes it")
    .option("--dry-run", "report what would be created")
    .option("--apply", "create it")
    .option(...tokens)
    .action((file: string, options: EnsureFieldsOptions & Json) => print(ensureLocationFields(file, options), options));
}

function addImport(importing: Command, run: (file: string, options: ImportOptions & Json) => Promise<void>): void {
  command(importing, "contacts", "make sure that the contacts of a CSV file exist; started again, it goes on where it stopped")
    .argument("<file>", "CSV with a header: commas, semicolons or tabs")
    .option("--map <file>", "YAML: the columns of e-mail, phone, fields.<key> …; default: headers named like them")
    .option("--dry-run", "read only: report what would be created, updated or rejected")
    .option("--id <id>", "names the import; default: the name of the file")
    .option("--db <file>", "SQLite file that keeps what is done", "import.db")
    .option("--results <file>", "CSV with one line per row; default: <file>.results.csv, of a dry run <file>.dry-run.csv")
    .option("--one-call", "one call per row: faster, overwrites, takes no tags")
    .addOption(
      new Option("--on-conflict <policy>", "where e-mail and phone belong to two contacts").choices(["fail", "preferEmail", "preferPhone"]),
    )
    .action(run);
}

const copy = ["--copy <file>", "SQLite file of the copy, or its postgres:// URL", defaultCopy] as const;
const ofLocations = [
  "--tokens <file>",
  "JSON file of private integration tokens by location id; default: GHL_TOKEN and GHL_LOCATION_ID",
] as const;

function addSync(sync: Command, print: Print): void {
  const kindsOption = ["--kinds <list>", "kinds, separated by commas; default: all seven"] as const;
  command(sync, "status", "show where each kind stands; exit code 1 when something fails or deletions are held")
    .option(...copy)
    .option(...kindsOption)
    .option(...ofLocations)
    .action((options: CopyOptions & Json) => print(showStatus(options), options));
  command(sync, "reconcile", "read everything, and make the copy equal to the platform")
    .option(...copy)
    .option(...kindsOption)
    .option("--allow-deletions", "confirm deletions, however many")
    .option(...ofLocations)
    .action((options: CopyOptions & { readonly allowDeletions?: boolean } & Json) => print(reconcileCopy(options), options));
  command(sync, "verify", "compare the copy with the platform and change nothing; exit code 1 when a record differs")
    .option(...copy)
    .option(...kindsOption)
    .option(...ofLocations)
    .action((options: CopyOptions & Json) => print(verifyCopy(options), options));
}

function addReport(program: Command, print: Print): void {
  command(program, "report", "print a report over the copy that an application keeps")
    .argument("<name>", reports.join(", "))
    .option(...copy)
    .option(...ofLocations)
    .action((name: string, options: CopyOptions & Json) => print(showReport(name, options), options));
}

function addBackup(program: Command, print: Print): void {
  command(program, "backup", "write the copy that an application keeps as gzipped JSON lines; started again, it goes on where it stopped")
    .requiredOption("--folder <path>", "folder of this backup, made when it is missing")
    .option(...copy)
    .option("--kinds <list>", "kinds, separated by commas; default: all seven")
    .option("--notes", "read notes and tasks from the platform, too: one call for each contact")
    .option(...ofLocations)
    .action((options: BackupCommandOptions & Json) => print(backUp(options), options));
  command(program, "erase", "remove a person from the copy and from backups; exit code 1 when something was not reached")
    .requiredOption("--contact <id>", "id of the contact")
    .option("--backup <folder...>", "folders of backups, whose files are written anew")
    .option(...copy)
    .option(...ofLocations)
    .action((options: EraseCommandOptions & Json) => print(erase(options), options));
}

function addDrill(program: Command, print: Print): void {
  const names = drills.map(({ name }) => name).join(", ");
  command(
    program,
    "drill",
    "play an incident of docs/runbook.md through on the emulator, timed, with what a person must do; exit code 1 when it does not end well",
  )
    .argument("[name]", `${names}; default: all`)
    .action((name: string | undefined, options: Json) => print(runDrills(name), options));
}

function addRestore(program: Command, run: (options: RestoreCommandOptions & Json) => Promise<void>): void {
  command(program, "restore", "write a backup into a location, its own or another; started again, it goes on where it stopped")
    .requiredOption("--into <location>", "id of the location")
    .requiredOption("--folder <path>", "folder of the backup")
    .option("--dry-run", "write nothing: report what would be written, and what cannot be")
    .option("--apply", "write it")
    .option("--from <location>", "id of the location of the backup, where it holds several")
    .option("--keep", "leave records that are there as they are; default: they get the values of the backup")
    .option("--kinds <list>", "kinds, separated by commas; default: all that can be restored")
    .option("--id <id>", "names the restore: give another one to restore once more what was lost afterwards")
    .option("--db <file>", "SQLite file that keeps what is restored", "restore.db")
    .option("--ids <file>", "write the old and the new id of each record, as JSON lines")
    .option(...ofLocations)
    .action(run);
}

function addInbox(webhooks: Command, print: Print): void {
  const db = ["--db <file>", "SQLite file of the inbox", defaultDatabase] as const;
  command(webhooks, "inspect", "show a delivery, or how the body of a second one differs")
    .argument("<id>")
    .argument("[other]")
    .option(...db)
    .action((id: string, other: string | undefined, options: { readonly db: string } & Json) =>
      print(inspectDelivery(id, other, options.db), options),
    );
  command(webhooks, "dead", "list what was given up; exit code 1 when there is any")
    .option(...db)
    .option("--limit <n>", "most that are listed, up to 1000", wholeNumber(1, 1000), 100)
    .action((options: DeadOptions & Json) => print(listDead(options), options));
  command(webhooks, "replay", "have deliveries handled again that are done, ignored or dead")
    .argument("[id]")
    .option("--since <time>", "received since: 90s, 30m, 2h, 7d ago, or ISO 8601")
    .option("--type <type>", "of this type")
    .option("--dead", "those that were given up")
    .option(...db)
    .action((id: string | undefined, options: ReplayOptions & Json) => print(replayDeliveries(id, options), options));
}

function addTesting(webhooks: Command, print: Print): void {
  const seed = ["--seed <text>", "seed of the emulator whose key signs", defaultSeed] as const;
  const remote = ["--allow-remote", "send to another machine than this one"] as const;
  command(webhooks, "doctor", "post genuine and forged deliveries to an endpoint, and report what it accepts or refuses wrongly")
    .argument("<url>", "the endpoint; genuine deliveries reach its handlers")
    .option("--app <id>", "id of the app that the endpoint is for; default: genuine deliveries name none")
    .option(...seed)
    .option(...remote)
    .action((url: string, options: DoctorOptions & Json) => print(examineEndpoint(url, options), options));
  command(webhooks, "trigger", "post one event, made up and signed by the emulator")
    .argument("<type>", "such as ContactCreate")
    .requiredOption("--url <url>", "where to")
    .option("--field <field...>", "name=text or name:=json, over the sample's own")
    .option("--app <id>", "id of the app it is for")
    .option(...seed)
    .option(...remote)
    .action((type: string, options: TriggerOptions & Json) => print(triggerEvent(type, options), options));
  command(webhooks, "key", "print the public key of what doctor and trigger sign, for additionalKeys")
    .option(...seed)
    .action((options: { readonly seed: string } & Json) => print(showKey(options.seed), options));
}
