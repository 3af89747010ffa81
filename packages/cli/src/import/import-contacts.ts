import { basename } from "node:path";
import { bulk, type BulkContext, type BulkRun, type BulkSummary, type StepResult } from "@ghlkit/crm/bulk";
import { csvFile, rowProblem, writeResults, type CsvRecord, type RowProblem } from "@ghlkit/crm/bulk/node";
import { createContacts, journalExternalIds, type Contacts, type Person } from "@ghlkit/crm/contacts";
import { createFields, type Fields } from "@ghlkit/crm/fields";
import { createSqliteStorage } from "@ghlkit/storage-sqlite";
import { isGhlError, type LocationClient } from "ghlkit";
import type { CliEnvironment } from "../cli-environment.ts";
import { locationsFrom } from "../fields/locations-from.ts";
import type { Report } from "../report.ts";
import { checkWritable } from "../options/writable-file.ts";
import { UsageError } from "../usage-error.ts";
import { plainMap, readImportMap, type ImportMap } from "./import-map.ts";
import { personOf } from "./person-of.ts";
import { previewPerson } from "./preview-person.ts";
import { typedFields } from "./typed-fields.ts";
import { progressLine } from "./progress-line.ts";

export interface ImportOptions {
  /** YAML file that maps parts of a contact to columns. */
  readonly map?: string;
  readonly dryRun?: boolean;
  /** Names the import; its file name by default. */
  readonly id?: string;
  readonly db: string;
  readonly results?: string;
  readonly oneCall?: boolean;
  readonly onConflict?: "fail" | "preferEmail" | "preferPhone";
}

/** Imports the contacts of a CSV file, or says what an import would do. Started again, it goes on where it stopped. */
export async function importContacts(file: string, options: ImportOptions, environment: CliEnvironment): Promise<Report> {
  const map = options.map === undefined ? plainMap : await readImportMap(options.map);
  if (options.oneCall === true) checkOneCall(map, options);
  const [location] = await locationsFrom({});
  if (location === undefined) throw new UsageError("Set GHL_TOKEN and GHL_LOCATION_ID.");
  const source = await readSource(file, map, options);
  const dryRun = options.dryRun === true;
  const results = options.results ?? `${file}.${dryRun ? "dry-run" : "results"}.csv`;
  await checkWritable("--results", results, [file, options.db, ...(options.map === undefined ? [] : [options.map])]);
  const storage = createSqliteStorage({ path: options.db });
  const stop = new AbortController();
  void environment.untilStopped().then(() => stop.abort());
  try {
    const { journal } = storage;
    const id = options.id ?? basename(file);
    const step = (dryRun ? previewStep : ensureStep)({ ...options, locationId: location.id, journal });
    const run = bulk(location.client, { id: `${location.id} ${id}`, journal, source, step, dryRun, signal: stop.signal });
    await show(run, environment);
    const summary = await run.finished;
    await writeResults(results, run.results());
    return reportOf(summary, results);
  } finally {
    await storage.close();
  }
}

/** @throws UsageError for what one call per row cannot do. */
function checkOneCall(map: ImportMap, { map: path, onConflict }: ImportOptions): void {
  const hasTags = (map.tags ?? []).length > 0 || (path !== undefined && "tags" in map.columns);
  if (hasTags) throw new UsageError("--one-call takes no tags: the one call would replace all that a contact has.");
  if (onConflict !== undefined) throw new UsageError("--one-call looks for no conflicts: leave out --on-conflict.");
}

type Step = (person: Person, at: BulkContext<LocationClient>) => Promise<StepResult>;

interface EnsureOptions extends Pick<ImportOptions, "oneCall" | "onConflict"> {
  readonly locationId: string;
  readonly journal: ReturnType<typeof createSqliteStorage>["journal"];
}

/** All rows have the same client; its calls end when the import is stopped. */
function servicesOf({ locationId, journal }: EnsureOptions): (location: LocationClient) => { fields: Fields; contacts: Contacts } {
  return onFirstCall((location: LocationClient) => {
    const fields = createFields(location);
    return { fields, contacts: createContacts(location, { locationId, journal, fields }) };
  });
}

function ensureStep(options: EnsureOptions): Step {
  const { oneCall, onConflict } = options;
  const services = servicesOf(options);
  return async (person, { location }) => {
    const { fields, contacts } = services(location);
    const typed = await withTypedFields(person, fields);
    if (oneCall !== true) return contacts.ensure(typed, onConflict === undefined ? {} : { onConflict });
    const { addTags: _, removeTags: __, ...rest } = typed;
    return contacts.ensure(rest, { strategy: "oneCall" });
  };
}

function previewStep(options: EnsureOptions): Step {
  const { oneCall, onConflict, locationId, journal } = options;
  const services = servicesOf(options);
  const externalIds = journalExternalIds(journal, locationId);
  return async (person, { location }) => {
    const { fields, contacts } = services(location);
    return previewPerson(await withTypedFields(person, fields), { location, contacts, externalIds, oneCall, onConflict });
  };
}

function onFirstCall<Given, Made>(make: (given: Given) => Made): (given: Given) => Made {
  let made: { readonly one: Made } | undefined;
  return (given) => (made ??= { one: make(given) }).one;
}

async function withTypedFields<Given extends Pick<Person, "fields">>(person: Given, fields: Fields): Promise<Given> {
  return person.fields === undefined ? person : { ...person, fields: await typedFields(person.fields, fields) };
}

const identifyingHeaders = ["email", "phone", "externalId"].flatMap((part) => plainMap.columns[part] ?? []);

async function readSource(file: string, map: ImportMap, options: ImportOptions) {
  const { columns } = map;
  const { map: path, oneCall, onConflict } = options;
  const toPerson = (record: CsvRecord): Person | RowProblem => {
    const person = personOf(record, map);
    if (oneCall === true && "addTags" in person) return rowProblem("it has tags, and --one-call takes none");
    return person;
  };
  try {
    // Without one of them every row would be invalid.
    if (path === undefined) await csvFile(file, () => rowProblem(""), { columns: { identity: identifyingHeaders } });
    // A column that a map names and the file lacks is a mistake in one of the two; without a map each file has some.
    const source = await csvFile(file, toPerson, { columns, optional: path === undefined ? Object.keys(columns) : [] });
    // Rows that are done count only for an import of the same file that would do the same with it.
    return { ...source, fingerprint: `${source.fingerprint} ${JSON.stringify({ map, oneCall, onConflict })}` };
  } catch (error) {
    if (isGhlError(error, "invalid_request")) throw new UsageError(error.message);
    throw error;
  }
}

/** A line that is written over while the run goes on, on a terminal. */
async function show(run: BulkRun, { writeError }: CliEnvironment): Promise<void> {
  if (!process.stderr.isTTY) return;
  for await (const progress of run.progress()) writeError(`\r\u001b[K${progressLine(progress)}`);
  writeError("\n");
}

function reportOf({ outcome, rows, counts }: BulkSummary, results: string): Report {
  const lines = Object.entries(counts).map(([name, count]) => `  ${name.padEnd(14)}${count}`);
  const end = outcome === "completed" ? `${rows} rows.` : `Stopped after ${rows} rows: the same command goes on.`;
  const ok =
    outcome === "completed" &&
    !["failed", "invalid", "rejected", "conflict", "would reject", "would conflict"].some((name) => name in counts);
  return {
    ok,
    json: { outcome, rows, counts, results },
    text: `${lines.join("\n")}\n${end} One line for each, with its outcome and reason: ${results}`,
  };
}
