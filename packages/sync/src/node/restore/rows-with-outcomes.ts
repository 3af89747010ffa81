import type { BulkSource, RowOutcome } from "@ghlkit/crm/bulk";

/** A row that could be read, with its outcome once it is committed. */
export interface RowWithOutcome<Row> {
  readonly row: Row;
  readonly outcome: RowOutcome | undefined;
}

/** Rows with their outcomes, paired by line: either may lack lines that the other has. Both are in the order of the source. */
export async function* rowsWithOutcomes<Row>(
  rows: ReturnType<BulkSource<Row>["rows"]>,
  outcomes: AsyncIterableIterator<RowOutcome>,
): AsyncGenerator<RowWithOutcome<Row>, void, undefined> {
  let next = await outcomes.next();
  for await (const row of rows) {
    while (next.done !== true && next.value.line < row.line) next = await outcomes.next();
    const outcome = next.done !== true && next.value.line === row.line ? next.value : undefined;
    if ("row" in row) yield { row: row.row, outcome };
  }
}
