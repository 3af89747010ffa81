import { createManualClock } from "@ghlkit/core/testing";
import type { CopyEngine } from "@ghlkit/sync";
import { postgres } from "@ghlkit/sync/postgres";
import { sqlite } from "@ghlkit/sync/sqlite";
import { startPostgres, type Postgres } from "@ghlkit/test-servers/postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { documentsOf, prepareDocuments, type Documents } from "../../src/server/documents.ts";

interface Task {
  readonly name: string;
  readonly isDone?: boolean;
}

describe.each(["SQLite", "PostgreSQL"])("documents in %s", (engine) => {
  let server: Postgres | undefined;
  let copy: CopyEngine;
  const clock = createManualClock();
  const tasks = (): Documents<Task> => documentsOf<Task>({ copy, clock }, "here", "task", ({ isDone }) => isDone !== true);
  beforeAll(async () => {
    server = engine === "PostgreSQL" ? await startPostgres() : undefined;
    copy = server === undefined ? sqlite(":memory:") : postgres({ connectionString: server.connectionString });
  }, 300_000);
  afterAll(async () => {
    await copy.close();
    await server?.stop();
  });
  const prepare = (): Promise<void> => {
    // What the copy does at its start, as far as the schema goes.
    const status = async (): Promise<object> => {
      for (const statement of copy.dialect.prepare) await copy.all(statement);
      return {};
    };
    return prepareDocuments({ copy, sync: { status } as never });
  };

  it("takes over a table of an older version, and what was finished there is not open", { timeout: 300_000 }, async () => {
    for (const statement of copy.dialect.prepare) await copy.all(statement);
    await copy.all(`create table $s.app_documents (location_id text not null, kind text not null, id text not null, created_at bigint not null,
      body text not null, primary key (location_id, kind, id))`);
    const old = "insert into $s.app_documents (location_id, kind, id, created_at, body) values ('here', 'task', ?1, 1, ?2)";
    await copy.all(old, ["done", JSON.stringify({ name: "done", isDone: true })]);
    await copy.all(old, ["begun", JSON.stringify({ name: "begun" })]);
    await Promise.all([prepare(), prepare()]);
    await prepare();
    expect(await tasks().open()).toEqual([{ name: "begun" }]);
    const [row] = await copy.all("select is_open from $s.app_documents where id = 'done'");
    expect(Number(row?.["is_open"])).toBe(0);
    await tasks().add("new", { name: "new" });
    await tasks().change("begun", { isDone: true });
    expect(await tasks().open()).toEqual([{ name: "new" }]);
  });

  it("goes through all that is open, those of the same millisecond as well", { timeout: 300_000 }, async () => {
    const many = documentsOf<Task>({ copy, clock }, "there", "task", () => true);
    const rows = Array.from({ length: 1203 }, (_, place) => [
      "there",
      "task",
      `id ${place}`,
      Math.floor(place / 700),
      1,
      `{"name":"${place}"}`,
    ]);
    await copy.transaction((sql) =>
      sql.each("insert into $s.app_documents (location_id, kind, id, created_at, is_open, body) values (?1, ?2, ?3, ?4, ?5, ?6)", rows),
    );
    const names = (await many.open()).map(({ name }) => name);
    expect(new Set(names).size).toBe(1203);
    expect(names).toHaveLength(1203);
    expect(names.at(-1)).toBe("999");
  });

  it("lists those that have a field, however many newer ones have not", { timeout: 300_000 }, async () => {
    const some = documentsOf<Task & { readonly of?: string }>({ copy, clock }, "some", "task");
    for (const of of ["a_", "ab", `a"`, "a\\"]) await some.add(of, { name: of, of });
    await some.add("quote", { name: `"of":"a_"` });
    const rows = Array.from({ length: 501 }, (_, at) => [
      "some",
      "task",
      `id ${at}`,
      4_000_000_000_000 + at,
      1,
      `{"name":"${at}","of":"z"}`,
    ]);
    await copy.transaction((sql) =>
      sql.each("insert into $s.app_documents (location_id, kind, id, created_at, is_open, body) values (?1, ?2, ?3, ?4, ?5, ?6)", rows),
    );
    for (const of of ["a_", `a"`, "a\\"]) expect(await some.list({ of })).toEqual([{ name: of, of }]);
    expect(await some.list()).toHaveLength(500);
  });

  it("adds one of two that come at the same moment and allow no other", { timeout: 300_000 }, async () => {
    const alone = documentsOf<Task>({ copy, clock }, "alone", "task");
    const add = (name: string): Promise<Task> =>
      alone.addInTurn({}, name, { name }, (newest) => {
        if (newest.length > 0) throw new Error(`${newest[0]?.name} was first.`);
      });
    const results = await Promise.allSettled([add("a"), add("b"), add("c")]);
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const [kept] = await alone.list();
    expect(await alone.list()).toHaveLength(1);
    expect(await add(kept?.name ?? "")).toEqual(kept);
  });
});
