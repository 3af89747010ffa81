/** The run met something that no rule knows. Says the file and the JSON pointer, so that a person can write the rule. */
export class SpecStop extends Error {
  readonly file: string;
  readonly pointer: string;

  constructor(file: string, pointer: string, reason: string, options?: ErrorOptions) {
    super(`${file}${pointer === "" ? "" : `#${pointer}`}: ${reason}`, options);
    this.name = "SpecStop";
    this.file = file;
    this.pointer = pointer;
  }
}

/** One step of a JSON pointer (RFC 6901). */
export function pointerStep(step: string | number): string {
  return `/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`;
}
