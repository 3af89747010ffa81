/** A row of a source: what became of its text, or why nothing could. */
export type BulkRow<Row> =
  | { readonly line: number; readonly row: Row }
  /** Its outcome is `invalid`, and no step runs for it. */
  | { readonly line: number; readonly problem: string };

/** Rows with where they stand. `csvFile` and `jsonLinesFile` of `@ghlkit/crm/bulk/node` make one. */
export interface BulkSource<Row> {
  /** The rows, from the first on, in the same order each time. */
  readonly rows: () => AsyncIterable<BulkRow<Row>>;
  /** Number of rows, where it is known beforehand. */
  readonly total?: number;
  /** Changes when the content does: a run that is resumed with another is refused. */
  readonly fingerprint?: string;
}

/** Rows to work through: a source, or anything that can be iterated, in the same order each time. `line` is then the position, from 1. */
export type BulkInput<Row> = BulkSource<Row> | Iterable<Row> | AsyncIterable<Row>;

/** Brings what can be iterated into the form of a source. */
export function sourceOf<Row>(input: BulkInput<Row>): BulkSource<Row> {
  if ("rows" in input) return input;
  return { rows: () => numbered(input), ...(Array.isArray(input) && { total: input.length }) };
}

async function* numbered<Row>(rows: Iterable<Row> | AsyncIterable<Row>): AsyncIterable<BulkRow<Row>> {
  let line = 0;
  for await (const row of rows) yield { line: ++line, row };
}
