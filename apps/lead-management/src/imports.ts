import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isGhlError, sleep } from "@ghlkit/core";
import { Refusal, type Backend } from "@ghlkit/app-kit/server";
import { bulk } from "@ghlkit/crm/bulk";
import { csvFile, rowProblem, writeResults } from "@ghlkit/crm/bulk/node";
import type { Intake } from "./intake.ts";
import { readLead, type Lead, type LeadTexts } from "./lead.ts";

/** Headers under which the columns of a lead may stand. */
const columns = {
  firstName: ["first_name", "first name", "given name", "vorname", "name"],
  lastName: ["last_name", "last name", "surname", "nachname"],
  email: ["email", "e-mail", "email address"],
  phone: ["phone", "telephone", "mobile", "telefon"],
  source: ["source", "quelle"],
  interest: ["interest", "product", "interesse"],
  value: ["value", "amount", "wert"],
  smsConsent: ["sms_consent", "sms consent", "consent"],
} as const;
type Column = keyof typeof columns;

/** Column → header of the file; one that is missing there has none. */
export type Mapping = Partial<Readonly<Record<Column, string>>>;

/** What a file holds, and how it would be read. */
export interface Preview {
  readonly id: string;
  readonly headers: readonly string[];
  readonly mapping: Mapping;
  readonly rows: readonly Readonly<Record<string, string>>[];
  readonly total: number | undefined;
}

/** Where an import stands: rows by outcome. */
export interface ImportState {
  readonly id: string;
  readonly total: number | undefined;
  readonly done: number;
  readonly counts: Readonly<Record<string, number>>;
  readonly isOver: boolean;
  /** Why it does not go on. */
  readonly problem?: string;
}

/** Imports of CSV files, which go on after a crash. */
export interface Imports {
  readonly preview: (text: string) => Promise<Preview>;
  /** @param key Of the form that was sent: sent twice, it is one import. */
  readonly start: (id: string, mapping: Mapping, key: string) => Promise<void>;
  /** Goes on with those that were under way. */
  readonly resume: () => Promise<void>;
  readonly stop: () => Promise<void>;
  /** How far the one is that was under way last. */
  readonly latest: () => ImportState | undefined;
  /** The file with one outcome per row. */
  readonly results: (id: string) => Promise<string>;
}

interface Job {
  readonly mapping: Mapping;
  readonly run: string;
  readonly key: string;
  readonly isOver: boolean;
}

export function createImports(backend: Backend, locationId: string, intake: Intake): Imports {
  const folder = join(backend.settings.dataFolder, "imports", locationId);
  const pathOf = (id: string, kind: string): string => {
    if (!/^[0-9a-f]{24}$/.test(id)) throw new Refusal("There is no such import.");
    return join(folder, `${id}.${kind}`);
  };
  const stop = new AbortController();
  const running = new Map<string, Promise<void>>();
  const unreadable = new Set<string>();
  const finished = new Set<string>();
  /** What was said of an import last: said again when it is something else. */
  const problems = new Map<string, string>();
  let latest: ImportState | undefined;
  const readJob = async (id: string): Promise<Job | undefined> => {
    const text = await readFile(pathOf(id, "json"), "utf8").catch(() => undefined);
    if (text === undefined) return undefined;
    try {
      return JSON.parse(text) as Job;
    } catch (error) {
      console.error(`The import ${id} is left aside: its file cannot be read.`, error);
      unreadable.add(id);
      return undefined;
    }
  };
  // A file is there whole or not at all: a process may die at any moment.
  const writeWhole = async (path: string, text: string): Promise<void> => {
    const partial = `${path}.${crypto.randomUUID()}.partial`;
    await writeFile(partial, text);
    await rename(partial, path);
  };
  const writeJob = (id: string, job: Job): Promise<void> => writeWhole(pathOf(id, "json"), JSON.stringify(job));

  async function run(id: string, job: Job): Promise<void> {
    const { mapping, run: runId } = job;
    const say = (state: Omit<ImportState, "id">): void => {
      latest = { id, ...state };
      backend.channel.publish(locationId, { type: "import", data: latest });
    };
    const chosen = Object.fromEntries(
      Object.keys(columns).map((column) => [column, mapping[column as Column] || "(not in the file)"]),
    ) as Record<Column, string>;
    try {
      const source = await csvFile<ReturnType<typeof toLead>, Column>(pathOf(id, "csv"), (record) => toLead(record, backend.clock.now()), {
        columns: chosen,
        optional: Object.keys(columns) as Column[],
      });
      const work = bulk(backend.location(locationId), {
        id: runId,
        journal: backend.journal,
        clock: backend.clock,
        signal: stop.signal,
        source,
        step: async (lead, { key, signal }) => {
          let result = await intake.run(key, lead);
          // A process that died was at this row: its lease ends first. Of a lost answer the effect shows after a while.
          for (let tries = 0; tries < 20 && (result.outcome === "in_progress" || result.outcome === "unknown"); tries += 1) {
            await sleep(result.outcome === "unknown" ? 15_000 : result.retryAfterMs, signal, backend.clock);
            result = await intake.run(key, lead);
          }
          if (result.outcome === "gave_up") return { outcome: "failed", detail: result.reason };
          if (result.outcome !== "done") return { outcome: "failed", detail: "it is not known yet: the board will show it" };
          return { outcome: result.results.person.isNew ? "created" : "adopted", id: result.results.person.contactId };
        },
      });
      for await (const { done, total, counts } of work.progress()) say({ done, total, counts, isOver: false });
      const { outcome, rows, counts } = await work.finished;
      await writeResults(pathOf(id, "results"), work.results());
      if (outcome === "completed") await finish(id, job);
      say({
        done: rows,
        total: source.total,
        counts,
        isOver: true,
        ...(outcome === "stopped" && { problem: "Stopped: it goes on by itself." }),
      });
    } catch (error) {
      if (!isGhlError(error)) throw error;
      // Nothing but another file, or another token, changes these; what else fails is tried again.
      if (isGhlError(error, "invalid_request") || isGhlError(error, "scope_missing")) await finish(id, job);
      if (problems.get(id) !== error.message) say({ done: 0, total: undefined, counts: {}, isOver: true, problem: error.message });
      problems.set(id, error.message);
    }
  }

  async function finish(id: string, job: Job): Promise<void> {
    await writeJob(id, { ...job, isOver: true });
    finished.add(id);
  }

  const begin = (id: string, job: Job): void => {
    if (running.has(id)) return;
    const work = run(id, job)
      .catch((error: unknown) => console.error(error))
      .finally(() => running.delete(id));
    running.set(id, work);
  };

  return {
    async preview(text) {
      const id = createHash("sha256").update(text).digest("hex").slice(0, 24);
      await mkdir(folder, { recursive: true });
      // Its name is that of its content: what is there is this, and an import may be reading it.
      await writeWhole(pathOf(id, "csv"), text);
      try {
        const source = await csvFile(pathOf(id, "csv"), (record) => record);
        const rows: Readonly<Record<string, string>>[] = [];
        for await (const entry of source.rows()) if ("row" in entry && rows.push(entry.row) === 5) break;
        const [first] = rows;
        if (first === undefined) throw new Refusal("The file has no row that can be read below its header.");
        const headers = Object.keys(first);
        return { id, headers, mapping: guess(headers), rows, total: source.total };
      } catch (error) {
        throw isGhlError(error, "invalid_request") ? new Refusal(error.message.replace(pathOf(id, "csv"), "The file")) : error;
      }
    },
    async start(id, mapping, key) {
      const known = await readJob(id);
      if (known?.key === key) return begin(id, known);
      // One that is not at its end goes on; the same file once more is another run, which finds everyone there already.
      const job = known?.isOver === false ? known : { mapping, run: `import:${key.split(":").at(-1)}`, key, isOver: false };
      problems.delete(id);
      finished.delete(id);
      await writeJob(id, job);
      begin(id, job);
    },
    async resume() {
      const names = await readdir(folder).catch(() => []);
      for (const name of names.filter((one) => /^[0-9a-f]{24}\.json$/.test(one))) {
        const id = name.slice(0, -5);
        if (finished.has(id) || unreadable.has(id)) continue;
        const job = await readJob(id);
        if (job?.isOver === false) begin(id, job);
        else if (job !== undefined) finished.add(id);
      }
    },
    async stop() {
      stop.abort(new Error("The application ends."));
      await Promise.all(running.values());
    },
    latest: () => latest,
    results: (id) => readFile(pathOf(id, "results"), "utf8"),
  };
}

function toLead(record: LeadTexts, takenAt: number): Lead | ReturnType<typeof rowProblem> {
  try {
    return readLead(record, "US", takenAt);
  } catch (error) {
    if (error instanceof Refusal) return rowProblem(error.message);
    throw error;
  }
}

function guess(headers: readonly string[]): Mapping {
  const plain = (text: string): string => text.toLowerCase().replaceAll(/[\s_-]+/g, "");
  return Object.fromEntries(
    Object.entries(columns).flatMap(([column, names]) => {
      const header = headers.find((one) => names.some((name) => plain(name) === plain(one)));
      return header === undefined ? [] : [[column, header]];
    }),
  );
}
