import { ghlError } from "@ghlkit/core";
import type { Kind, Wire } from "../kinds/kind.ts";
import { extended, judgeRecord, type Judgement, type KeptRecord, type SeenRecord, type Source } from "../record/judge-record.ts";
import type { CopyEngine, SqlRow, SqlSession, SqlValue } from "./copy-engine.ts";
import type { KindState, SyncKey } from "./kind-state.ts";
import { prepareTables } from "./tables.ts";

/** What is kept in one transaction. */
export interface CopyWrite {
  readonly records: readonly SeenRecord[];
  /** Number of the reading of all records that came across them. */
  readonly generation?: number;
  /** The checkpoint that follows from the result, with the fence of who writes it. */
  readonly checkpoint?: (result: WriteResult) => Checkpoint;
}

/** A state, and the fencing token of who writes it. */
export interface Checkpoint {
  readonly state: KindState;
  readonly fence: number;
}

/** What became of a record. `before` and `after` are its bodies. */
export interface RecordChange {
  readonly id: string;
  readonly change: "created" | "updated" | "deleted";
  readonly before?: Wire;
  readonly after?: Wire;
}

/** What became of the records of a write. */
export interface WriteResult {
  readonly changes: readonly RecordChange[];
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  /** Ids of records that have to be read alone. */
  readonly doubtful: readonly string[];
}

/** A reading of all records: its number, and when it began. */
export interface Reading {
  readonly generation: number;
  readonly startedAt: number;
}

const isMissing = "location = ?1 and kind = ?2 and deleted_at is null and generation < ?3 and observed_at < ?4";

const statesAtATime = 500;

/** Records of the platform and how far they are read, in a database. */
export class Copy {
  readonly #engine: CopyEngine;
  #ready: Promise<void> | undefined;

  constructor(engine: CopyEngine) {
    this.#engine = engine;
  }

  /** Makes the tables, or brings them up to date. */
  ready(): Promise<void> {
    this.#ready ??= this.#engine
      .transaction((sql) => prepareTables(sql, this.#engine.dialect))
      .catch((error: unknown) => {
        this.#ready = undefined;
        throw error;
      });
    return this.#ready;
  }

  async state({ locationId, kind }: SyncKey): Promise<KindState | undefined> {
    const [row] = await this.#engine.all("select state from $s.ghl_sync_state where location = ?1 and kind = ?2", [locationId, kind]);
    return row === undefined ? undefined : (parsed(row["state"]) as KindState);
  }

  /** The states of all kinds of all locations, a part of them at a time. */
  async *states(): AsyncGenerator<readonly [SyncKey, KindState], void, undefined> {
    for (let after: readonly [string, string] = ["", ""]; ;) {
      const rows = await this.#engine.all(
        `select location, kind, state from $s.ghl_sync_state where (location, kind) > (?1, ?2) order by location, kind limit ${statesAtATime}`,
        after,
      );
      for (const { location, kind, state } of rows)
        if (kind !== "") yield [{ locationId: String(location), kind: kind as Kind }, parsed(state) as KindState];
      const last = rows.at(-1);
      if (last === undefined || rows.length < statesAtATime) return;
      after = [String(last["location"]), String(last["kind"])];
      // Other work has its turn.
      await new Promise((resolve) => setTimeout(resolve));
    }
  }

  /** Takes a location up: from now on no one else keeps checkpoints of it. Returns the fencing token. */
  async takeUp(locationId: string): Promise<number> {
    const [row] = await this.#engine.all(
      `insert into $s.ghl_sync_state (location, kind, state, fence) values (?1, '', '{}', 1)
       on conflict (location, kind) do update set fence = ghl_sync_state.fence + 1 returning fence`,
      [locationId],
    );
    return Number(row?.["fence"]);
  }

  /** Keeps records and checkpoint together. @throws GhlError `aborted` when another process has taken over; nothing was kept. */
  write(key: SyncKey, { records, generation, checkpoint }: CopyWrite): Promise<WriteResult> {
    return this.#alone(key, async (sql) => {
      const kept = await this.#kept(
        sql,
        key,
        records.map(({ id }) => id),
      );
      const judged = distinct(records).map((seen) => ({ seen, kept: kept.get(seen.id), judgement: judgeRecord(kept.get(seen.id), seen) }));
      const rows = judged.flatMap(({ seen, kept: old, judgement }) => rowOf(old, seen, judgement, generation));
      await this.#put(sql, key, rows);
      if (generation !== undefined)
        await this.#see(
          sql,
          key,
          judged.flatMap(({ seen, judgement }) => (isSeen(judgement) ? [seen.id] : [])),
          generation,
        );
      const result = resultOf(judged);
      if (checkpoint !== undefined) await this.#keepState(sql, key, checkpoint(result));
      return result;
    });
  }

  /** Keeps a checkpoint alone. */
  async checkpoint(key: SyncKey, checkpoint: Checkpoint): Promise<void> {
    await this.write(key, { records: [], checkpoint: () => checkpoint });
  }

  /** Notes that a record is gone, unless it was read since. One that was never here leaves a tombstone as well: a list that lags may show it yet. */
  delete(key: SyncKey, gone: { readonly id: string; readonly at: number; readonly observedAt: number }): Promise<RecordChange | undefined> {
    return this.#alone(key, async (sql) => {
      const { id, at, observedAt } = gone;
      const old = (await this.#kept(sql, key, [id])).get(id);
      if (old !== undefined && (old.deletedAt !== undefined || old.observedAt > observedAt)) return undefined;
      await sql.all(
        `insert into $s.ghl_records (location, kind, id, body, hash, generation, source, observed_at, deleted_at)
         values (?1, ?2, ?3, '{}', '', 0, 'read', ?4, ?5)
         on conflict (location, kind, id) do update set deleted_at = excluded.deleted_at, observed_at = excluded.observed_at`,
        [key.locationId, key.kind, id, observedAt, at],
      );
      return old === undefined ? undefined : { id, change: "deleted", before: old.body };
    });
  }

  /** Records by id, tombstones included. */
  async records(key: SyncKey, ids: readonly string[]): Promise<ReadonlyMap<string, KeptRecord>> {
    return this.#kept(this.#engine, key, ids);
  }

  /** How many there are. */
  async count({ locationId, kind }: SyncKey): Promise<number> {
    return this.#count("location = ?1 and kind = ?2 and deleted_at is null", [locationId, kind]);
  }

  /** How many a reading of all records came across, those included that are gone by now. */
  async countSeen({ locationId, kind }: SyncKey, generation: number): Promise<number> {
    return this.#count("location = ?1 and kind = ?2 and generation = ?3", [locationId, kind, generation]);
  }

  /** How many a reading of all did not come across that began at a time, and no one else read since. */
  async countMissing({ locationId, kind }: SyncKey, { generation, startedAt }: Reading): Promise<number> {
    return this.#count(isMissing, [locationId, kind, generation, startedAt]);
  }

  /** Their ids, a part of them at a time. */
  async missing({ locationId, kind }: SyncKey, { generation, startedAt }: Reading, limit: number): Promise<readonly string[]> {
    const values = [locationId, kind, generation, startedAt, limit];
    const rows = await this.#engine.all(`select id from $s.ghl_records where ${isMissing} order by id limit ?5`, values);
    return rows.map(({ id }) => String(id));
  }

  /** Records that are there, by id, a part of them at a time. */
  async page({ locationId, kind }: SyncKey, after: string, limit: number): Promise<readonly KeptRecord[]> {
    const rows = await this.#engine.all(
      `select * from $s.ghl_records where location = ?1 and kind = ?2 and deleted_at is null and id > ?3 order by id limit ?4`,
      [locationId, kind, after, limit],
    );
    return rows.map(keptOf);
  }

  /** Records of other kinds that are about a contact. */
  async ofContact(locationId: string, contactId: string): Promise<readonly { readonly kind: Kind; readonly id: string }[]> {
    const rows = await this.#engine.all(
      `select kind, id from $s.ghl_records where location = ?1 and contact_id = ?2 and kind <> 'contacts' and deleted_at is null`,
      [locationId, contactId],
    );
    return rows.map(({ kind, id }) => ({ kind: kind as Kind, id: String(id) }));
  }

  /** Leaves nothing of a contact and of what names it but tombstones with their ids. Returns how many records those were. */
  async erase(locationId: string, contactId: string): Promise<number> {
    const rows = await this.#engine.all(
      `update $s.ghl_records set body = '{}', hash = '', version = null, contact_id = null, deleted_at = coalesce(deleted_at, observed_at)
       where location = ?1 and (contact_id = ?2 or (kind = 'contacts' and id = ?2)) and hash <> '' returning id`,
      [locationId, contactId],
    );
    return rows.length;
  }

  /** Removes records, and leaves nothing of them. */
  async forget({ locationId, kind }: SyncKey, ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    const isIn = this.#engine.dialect.isIn("id", "?3");
    await this.#engine.all(`delete from $s.ghl_records where location = ?1 and kind = ?2 and ${isIn}`, [
      locationId,
      kind,
      JSON.stringify(ids),
    ]);
  }

  close(): Promise<void> {
    return this.#engine.close();
  }

  /** A transaction that no other one comes between at the same kind and location: what was read in it is still so when it writes. */
  #alone<Result>({ locationId, kind }: SyncKey, work: (sql: SqlSession) => Promise<Result>): Promise<Result> {
    const { lock } = this.#engine.dialect;
    return this.#engine.transaction(async (sql) => {
      if (lock !== undefined) await sql.all(lock, [`${locationId} ${kind}`]);
      return work(sql);
    });
  }

  async #count(condition: string, values: readonly SqlValue[]): Promise<number> {
    const [row] = await this.#engine.all(`select count(*) as records from $s.ghl_records where ${condition}`, values);
    return Number(row?.["records"]);
  }

  async #keepState(sql: SqlSession, { locationId, kind }: SyncKey, { state, fence }: Checkpoint): Promise<void> {
    const mine = await sql.all(
      "update $s.ghl_sync_state set fence = fence where location = ?1 and kind = '' and fence = ?2 returning fence",
      [locationId, fence],
    );
    if (mine.length === 0) throw ghlError("aborted", `Another process has taken over ${locationId}.`, {});
    await sql.all(
      `insert into $s.ghl_sync_state (location, kind, state, fence) values (?1, ?2, ?3, 0)
       on conflict (location, kind) do update set state = excluded.state`,
      [locationId, kind, JSON.stringify(state)],
    );
  }

  async #kept(
    sql: Pick<SqlSession, "all">,
    { locationId, kind }: SyncKey,
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, KeptRecord>> {
    if (ids.length === 0) return new Map();
    const isIn = this.#engine.dialect.isIn("id", "?3");
    const rows = await sql.all(`select * from $s.ghl_records where location = ?1 and kind = ?2 and ${isIn}`, [
      locationId,
      kind,
      JSON.stringify(ids),
    ]);
    return new Map(rows.map((row) => [String(row["id"]), keptOf(row)]));
  }

  async #put(sql: SqlSession, { locationId, kind }: SyncKey, rows: readonly KeptRecord[]): Promise<void> {
    if (rows.length === 0) return;
    await sql.each(
      `insert into $s.ghl_records (location, kind, id, body, hash, version, generation, source, observed_at, contact_id, deleted_at)
       values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, null)
       on conflict (location, kind, id) do update set body = excluded.body, hash = excluded.hash, version = excluded.version,
       generation = excluded.generation, source = excluded.source, observed_at = excluded.observed_at, contact_id = excluded.contact_id,
       deleted_at = null`,
      rows.map((row) => [
        locationId,
        kind,
        row.id,
        JSON.stringify(row.body),
        row.hash,
        row.version ?? null,
        row.generation,
        row.source,
        row.observedAt,
        row.contactId ?? null,
      ]),
    );
  }

  async #see(sql: SqlSession, { locationId, kind }: SyncKey, ids: readonly string[], generation: number): Promise<void> {
    if (ids.length === 0) return;
    const isIn = this.#engine.dialect.isIn("id", "?4");
    await sql.all(`update $s.ghl_records set generation = ?3 where location = ?1 and kind = ?2 and generation < ?3 and ${isIn}`, [
      locationId,
      kind,
      generation,
      JSON.stringify(ids),
    ]);
  }
}

interface Judged {
  readonly seen: SeenRecord;
  readonly kept: KeptRecord | undefined;
  readonly judgement: Judgement;
}

/** The last of each id: a page may show a record twice. */
function distinct(records: readonly SeenRecord[]): readonly SeenRecord[] {
  return [...new Map(records.map((record) => [record.id, record])).values()];
}

/** A record that the platform lists is not missing, whichever state of it is kept. */
function isSeen(judgement: Judgement): boolean {
  return judgement === "unchanged" || judgement === "late" || judgement === "read";
}

function rowOf(
  kept: KeptRecord | undefined,
  seen: SeenRecord,
  judgement: Judgement,
  generation: number | undefined,
): readonly KeptRecord[] {
  const next = Math.max(kept?.generation ?? 0, generation ?? 0);
  switch (judgement) {
    case "create":
    case "update":
      return [{ ...seen, generation: next, deletedAt: undefined }];
    case "extend":
      return kept === undefined ? [] : [{ ...kept, ...seen, body: extended(kept.body, seen.body), generation: next }];
    case "unchanged":
    case "late":
    case "read":
      return [];
  }
}

function resultOf(judged: readonly Judged[]): WriteResult {
  const changes = judged.flatMap(({ seen, kept, judgement }): readonly RecordChange[] => {
    if (judgement !== "create" && judgement !== "update") return [];
    const isNew = kept === undefined || kept.deletedAt !== undefined;
    return [{ id: seen.id, change: isNew ? "created" : "updated", ...(isNew ? {} : { before: kept.body }), after: seen.body }];
  });
  const created = changes.filter(({ change }) => change === "created").length;
  return {
    changes,
    created,
    updated: changes.length - created,
    unchanged: judged.length - changes.length,
    doubtful: judged.filter(({ judgement }) => judgement === "read").map(({ seen }) => seen.id),
  };
}

function keptOf(row: SqlRow): KeptRecord {
  const { id, body, hash, version, generation, source, observed_at: observedAt, contact_id: contactId, deleted_at: deletedAt } = row;
  return {
    id: String(id),
    body: parsed(body) as Wire,
    hash: String(hash),
    version: version === null ? undefined : Number(version),
    generation: Number(generation),
    source: source as Source,
    observedAt: Number(observedAt),
    contactId: contactId === null ? undefined : String(contactId),
    deletedAt: deletedAt === null ? undefined : Number(deletedAt),
  };
}

/** SQLite keeps JSON as text, PostgreSQL gives it parsed. */
function parsed(value: unknown): unknown {
  return typeof value === "string" ? JSON.parse(value) : value;
}
