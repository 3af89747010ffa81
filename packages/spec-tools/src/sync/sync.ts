import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { compareContracts, type ContractDocuments } from "../diff/compare-contracts.ts";
import type { ContractDiff } from "../diff/contract-change.ts";
import { updateEvents } from "../events/update-events.ts";
import type { OpenApiDocument } from "../generate/document.ts";
import { OperationNames } from "../names/operation-names.ts";
import { routeKey } from "../normalise/route-key.ts";
import { yamlText } from "../write/yaml-text.ts";
import { changeReports } from "./change-report.ts";
import { changeset, type Changeset } from "./changeset.ts";
import { earlierContract, type WrittenDocument } from "./earlier-contract.ts";
import { normaliseSource, type NormalisedSource } from "./normalise-source.ts";
import { readFacts } from "./read-facts.ts";
import { readSource, type Source } from "./read-source.ts";
import { checkoutState, sourceLock, type SourceLock, type SourceState } from "./source-lock.ts";
import { writeContract } from "./write-contract.ts";

export interface SyncOptions {
  /** Folder with the vendor's documents. */
  readonly source: string;
  /** Root of the repository that holds `openapi/` and `.changeset/`. */
  readonly root: string;
  /** What the source is, where the folder does not say. */
  readonly state?: SourceState;
}

export interface SyncResult {
  /** Files that were written or removed. */
  readonly changed: readonly string[];
  readonly diff: ContractDiff;
  /** The contract as it was written, without overlays. */
  readonly documents: ContractDocuments;
  readonly repairs: NormalisedSource["repairs"];
  readonly namesAdded: ReadonlyMap<string, string>;
  readonly events: string;
}

/** Writes the contract from the vendor's documents. The same source writes the same files: a second run changes nothing. */
export async function sync({ source: folder, root, state = {} }: SyncOptions): Promise<SyncResult> {
  const source = await readSource(folder);
  const previous = await readJson<SourceLock>(join(root, "openapi/source.lock.json"));
  const lock = sourceLock(source.hashes, state, await checkoutState(folder), previous);
  const names = OperationNames.read((await readText(join(root, "openapi/names.yaml"))) ?? "", routesOf(source));
  const normalised = normaliseSource(source, await readFacts(), names);
  const written = writtenDocuments(normalised);
  const before = previous === undefined ? { v3: new Map(), v2: new Map() } : await earlierContract(root, written);
  const documents = documentsOf(normalised, written);
  const diff = compareContracts(before, documents);
  const events = await updateEvents(folder, (await readText(join(root, "openapi/events.yaml"))) ?? "");

  const files = new Map([...written].map(([name, { text }]) => [name, text]));
  files.set("openapi/names.yaml", names.toText());
  files.set("openapi/events.yaml", events.text);
  files.set("openapi/source.lock.json", `${JSON.stringify(lock, null, 2)}\n`);
  const report = { lock, previous, diff, normalised, namesAdded: names.added, events: events.report };
  const reports = await changeReports(report, (name) => readText(join(root, "openapi/changes", name)));
  for (const [name, text] of reports) files.set(`openapi/changes/${name}`, text);
  const unreleased = await unreleasedChangesets(root);
  const note = changeset({ diff, lock, version: await contractVersion(root), first: previous === undefined, unreleased });
  if (note !== undefined) files.set(`.changeset/${note.name}`, note.text);

  const merged = note === undefined ? [] : unreleased.map(({ name }) => `.changeset/${name}`).filter((name) => !files.has(name));
  const changed = await writeContract(root, files, { folders: ["openapi/v3", "openapi/v2"], files: merged });
  return { changed, diff, documents, repairs: normalised.repairs, namesAdded: names.added, events: events.report };
}

/** Every route that the source has in either generation. */
function routesOf({ files }: Source): ReadonlySet<string> {
  return new Set(
    files.flatMap(({ raw }) =>
      Object.entries((raw as { paths?: Record<string, object> }).paths ?? {}).flatMap(([path, item]) =>
        Object.keys(item ?? {}).map((method) => routeKey(`${method.toUpperCase()} ${path}`)),
      ),
    ),
  );
}

async function unreleasedChangesets(root: string): Promise<readonly Changeset[]> {
  const names = (await readdir(join(root, ".changeset")).catch(() => [])).filter((name) => /^spec-[0-9a-z]+\.md$/.test(name)).toSorted();
  return Promise.all(names.map(async (name) => ({ name, text: await readFile(join(root, ".changeset", name), "utf8") })));
}

/** Every document by its file, without what is `undefined`: what is not written must not count as a change. */
function writtenDocuments({ files }: NormalisedSource): ReadonlyMap<string, WrittenDocument> {
  return new Map(
    files.map(({ generation, service, document }) => [
      fileOf(generation, service),
      { document: JSON.parse(JSON.stringify(document)) as OpenApiDocument, text: yamlText(document) },
    ]),
  );
}

function documentsOf({ files }: NormalisedSource, written: ReadonlyMap<string, WrittenDocument>): ContractDocuments {
  const of = (generation: "v3" | "v2"): Map<string, OpenApiDocument> =>
    new Map(
      files.flatMap((one) => {
        const document = one.generation === generation ? written.get(fileOf(generation, one.service))?.document : undefined;
        return document === undefined ? [] : [[one.service, document] as const];
      }),
    );
  return { v3: of("v3"), v2: of("v2") };
}

function fileOf(generation: "v3" | "v2", service: string): string {
  return `openapi/${generation}/${service}.yaml`;
}

async function contractVersion(root: string): Promise<string> {
  return (await readJson<{ version: string }>(join(root, "packages/contract/package.json")))?.version ?? "0.0.0";
}

async function readText(path: string): Promise<string | undefined> {
  return readFile(path, "utf8").catch(() => undefined);
}

async function readJson<Value>(path: string): Promise<Value | undefined> {
  const text = await readText(path);
  return text === undefined ? undefined : (JSON.parse(text) as Value);
}
