/** Says that a connection has to break instead of carrying an answer. */
export class LostAnswer extends Error {
  override readonly name = "LostAnswer";
  /** Whether it is closed in order or reset. */
  readonly how: "closed" | "reset";

  constructor(how: "closed" | "reset") {
    super("The answer was lost on purpose.");
    this.how = how;
  }
}

/** What `fetch` rejects with when the other side hangs up. */
export function brokenConnection(cause: LostAnswer): TypeError {
  return new TypeError("fetch failed", { cause: Object.assign(cause, { code: "ECONNRESET" }) });
}
