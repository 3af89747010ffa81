const brand: unique symbol = Symbol("rowProblem");

/** Why nothing can be done with a row. */
export interface RowProblem {
  readonly [brand]: true;
  readonly problem: string;
}

/** For a mapping that cannot make a row of a record: its outcome is `invalid` with this reason. @param problem One line. */
export function rowProblem(problem: string): RowProblem {
  return { [brand]: true, problem };
}

/** Whether a mapping returned a problem instead of a row. */
export function isRowProblem(value: unknown): value is RowProblem {
  return typeof value === "object" && value !== null && brand in value;
}
