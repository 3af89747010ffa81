/** Something the check found. */
export interface Finding {
  readonly file: string;
  /** Where: a line, an operation, a field path. */
  readonly place: string;
  readonly problem: string;
}
