import { definitions } from "../kinds/definitions.ts";
import type { ColumnType, KindDefinition } from "../kinds/kind.ts";
import { reportStatements } from "../report/report-views.ts";
import type { Dialect } from "./copy-engine.ts";

/** Statements that make the views: one of each kind with typed columns, one of values that are not of their column's type, and the reports. */
export function viewStatements(dialect: Dialect): readonly string[] {
  const all = Object.values(definitions);
  return [
    ...all.flatMap((definition) => kindView(dialect, definition)),
    ...dialect.replaceView("ghl_type_problems", problems(dialect, all)),
    ...reportStatements(dialect),
  ];
}

/** Records of a kind that are there, with a typed column for each field that is known. */
function kindView(dialect: Dialect, { kind, columns }: KindDefinition): readonly string[] {
  const fields = Object.entries(columns).map(([name, [path, type]]) =>
    // The table has it as a column with an index.
    name === "contact_id" ? name : `${dialect.typed("body", path.split("."), type)} as ${name}`,
  );
  const list = ["location as location_id", "id", ...fields, "body as raw", "observed_at"].join(",\n  ");
  return dialect.replaceView(`ghl_${kind}`, `select\n  ${list}\nfrom $s.ghl_records where kind = '${kind}' and deleted_at is null`);
}

/** A value of another type than its column is `null` there, and a row here; the record itself is kept as it came. */
function problems(dialect: Dialect, all: readonly KindDefinition[]): string {
  const parts = all.flatMap(({ kind, columns }) =>
    Object.entries(columns).flatMap(([name, [path, type]]) =>
      type === "json" ? [] : [problem(dialect, { kind, name, path: path.split("."), type })],
    ),
  );
  return parts.join("\nunion all\n");
}

interface TypedColumn {
  readonly kind: string;
  readonly name: string;
  readonly path: readonly string[];
  readonly type: Exclude<ColumnType, "json">;
}

function problem(dialect: Dialect, { kind, name, path, type }: TypedColumn): string {
  const found = dialect.typeOf("body", path);
  const right = dialect.typeNames(type).map((word) => `'${word}'`);
  return `select location as location_id, kind, id, '${name}' as "column", '${type}' as expected, ${found} as found
from $s.ghl_records where kind = '${kind}' and deleted_at is null and ${found} is not null and ${found} not in (${right.join(", ")})`;
}
