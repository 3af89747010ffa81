import type { Dialect } from "../copy/copy-engine.ts";

const typeNames = { text: ["text"], number: ["integer", "real"], boolean: ["true", "false"] } as const;

/** The SQL of SQLite: https://sqlite.org/json1.html */
export const sqliteDialect: Dialect = {
  json: "text",
  prepare: [],
  isIn: (column, parameter) => `${column} in (select value from json_each(${parameter}))`,
  typed: (column, path, type) => {
    const at = `'${pathText(path)}'`;
    if (type === "json") return `${column} -> ${at}`;
    const names = typeNames[type].map((name) => `'${name}'`).join(", ");
    return `case when json_type(${column}, ${at}) in (${names}) then ${column} ->> ${at} end`;
  },
  typeOf: (column, path) => `nullif(json_type(${column}, '${pathText(path)}'), 'null')`,
  typeNames: (type) => typeNames[type],
  seconds: (text) => `(julianday(${text}) * 86400.0)`,
  replaceView: (name, query) => [`drop view if exists $s.${name}`, `create view $s.${name} as ${query}`],
};

function pathText(path: readonly string[]): string {
  return `$.${path.map((name) => `"${name}"`).join(".")}`;
}
