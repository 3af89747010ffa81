/** One line of what the doctor found. `info` is neither right nor wrong. */
export interface SetupCheck {
  readonly name: string;
  readonly verdict: "ok" | "warning" | "failed" | "info";
  /** What was found. Nothing secret. */
  readonly detail: string;
  /** What to do; there where it is not `ok`. */
  readonly action?: string;
  /** All differences of answers from the contract. */
  readonly differences?: readonly string[];
}
