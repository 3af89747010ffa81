import type { Dialect } from "../copy/copy-engine.ts";

const typeNames = { text: "string", number: "number", boolean: "boolean" } as const;
const casts = { text: "", number: "::double precision", boolean: "::boolean" } as const;

/** The SQL of PostgreSQL: https://www.postgresql.org/docs/current/functions-json.html */
export function postgresDialect(schema: string): Dialect {
  return {
    json: "jsonb",
    prepare: ["select pg_advisory_xact_lock(hashtext('ghlkit sync tables'))", `create schema if not exists ${schema}`],
    lock: "select pg_advisory_xact_lock(hashtextextended('ghlkit sync ' || ?1, 0))",
    isIn: (column, parameter) => `${column} in (select jsonb_array_elements_text(${parameter}::jsonb))`,
    typed: (column, path, type) =>
      type === "json"
        ? `${column} #> '${pathText(path)}'`
        : `case when jsonb_typeof(${column} #> '${pathText(path)}') = '${typeNames[type]}' then (${column} #>> '${pathText(path)}')${casts[type]} end`,
    typeOf: (column, path) => `nullif(jsonb_typeof(${column} #> '${pathText(path)}'), 'null')`,
    typeNames: (type) => [typeNames[type]],
    seconds: (text) => `extract(epoch from (${text})::timestamptz)`,
    replaceView: (name, query) => [`create or replace view $s.${name} as ${query}`],
  };
}

function pathText(path: readonly string[]): string {
  return `{${path.join(",")}}`;
}
