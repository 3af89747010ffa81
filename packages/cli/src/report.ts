/** What a command found, in both forms. */
export interface Report {
  /** Printed with `--json`, as one line. */
  readonly json: unknown;
  readonly text: string;
  /** `false`: exit code 1. */
  readonly ok: boolean;
  /** Something to know about it, on stderr in both forms. */
  readonly warning?: string;
}
