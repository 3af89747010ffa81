import type { Dialect, SqlSession } from "./copy-engine.ts";
import { viewStatements } from "./views.ts";

/**
 * Steps that bring the tables to the newest version. A step adds and changes, and never drops: what is kept outlives every update and setting.
 * Views hold nothing and are made anew.
 */
function steps({ json }: Dialect): readonly (readonly string[])[] {
  return [
    [
      `create table $s.ghl_records (
        location text not null,
        kind text not null,
        id text not null,
        body ${json} not null,
        hash text not null,
        version bigint,
        generation bigint not null,
        source text not null,
        observed_at bigint not null,
        contact_id text,
        deleted_at bigint,
        primary key (location, kind, id)
      )`,
      `create index ghl_records_generation on $s.ghl_records (location, kind, generation)`,
      `create index ghl_records_contact on $s.ghl_records (location, contact_id)`,
      `create table $s.ghl_sync_state (
        location text not null,
        kind text not null,
        state ${json} not null,
        fence bigint not null,
        primary key (location, kind)
      )`,
    ],
  ];
}

/** Makes tables and views, or brings those of an older version up to date. @throws Error for tables of a newer version; nothing was written. */
export async function prepareTables(sql: SqlSession, dialect: Dialect): Promise<void> {
  for (const statement of dialect.prepare) await sql.all(statement);
  await sql.all("create table if not exists $s.ghl_sync_schema (version bigint primary key, views text)");
  const [row] = await sql.all("select max(version) as version from $s.ghl_sync_schema");
  const version = Number(row?.["version"] ?? 0);
  const all = steps(dialect);
  if (version > all.length)
    throw new Error(`The copy was made by a newer @ghlkit/sync (tables ${version}, this one knows ${all.length}): update the package.`);
  for (const [at, statements] of all.entries()) {
    if (at < version) continue;
    for (const statement of statements) await sql.all(statement);
    await sql.all("insert into $s.ghl_sync_schema (version) values (?1)", [at + 1]);
  }
  await prepareViews(sql, dialect);
}

async function prepareViews(sql: SqlSession, dialect: Dialect): Promise<void> {
  const statements = viewStatements(dialect);
  const text = statements.join(";\n");
  const [row] = await sql.all("select views from $s.ghl_sync_schema order by version desc limit 1");
  if (row?.["views"] === text) return;
  for (const statement of statements) await sql.all(statement);
  await sql.all("update $s.ghl_sync_schema set views = ?1 where version = (select max(version) from $s.ghl_sync_schema)", [text]);
}
