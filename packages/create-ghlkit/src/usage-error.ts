/** A mistake on the command line, as a sentence that says what to do. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
