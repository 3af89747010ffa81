/** Input that is wrong. The message names the field and what it may be. */
export class BoundsError extends Error {
  override readonly name = "BoundsError";
  /** Status of the answer. */
  readonly status: 400 | 403 | 413 | 415;

  constructor(message: string, status: BoundsError["status"] = 400) {
    super(message);
    this.status = status;
  }
}

/** What a number may be. */
export interface NumberRange {
  readonly from: number;
  readonly to: number;
  /** Whole numbers only. */
  readonly whole?: boolean;
}

/** @throws BoundsError unless the value is a number of the range; NaN and texts are none. */
export function checkNumber(name: string, value: unknown, { from, to, whole = false }: NumberRange): number {
  if (typeof value === "number" && value >= from && value <= to && (!whole || Number.isInteger(value))) return value;
  throw new BoundsError(`${name} is a ${whole ? "whole number" : "number"} from ${from} to ${to}.`);
}

/** As `checkNumber`, for each that is there. */
export function checkNumbers(values: object, ranges: Readonly<Record<string, NumberRange>>): void {
  for (const [name, range] of Object.entries(ranges)) {
    const value: unknown = (values as Readonly<Record<string, unknown>>)[name];
    if (value !== undefined) checkNumber(name, value, range);
  }
}

const longestText = 10_000;

/** @throws BoundsError unless it is a text of 1 to 10,000 characters. */
export function checkText(name: string, value: unknown): string {
  if (value === undefined) throw new BoundsError(`${name} is missing.`);
  if (typeof value === "string" && value !== "" && value.length <= longestText) return value;
  throw new BoundsError(`${name} is a text of 1 to ${longestText} characters.`);
}

const mostTexts = 10_000;

/** @throws BoundsError unless it is a list of at most 10,000 texts. */
export function checkTexts(name: string, value: unknown): readonly string[] {
  if (!Array.isArray(value) || value.length > mostTexts) throw new BoundsError(`${name} is a list of at most ${mostTexts} texts.`);
  return value.map((item) => checkText(name, item));
}

/** @throws BoundsError unless it is one of the choices. */
export function checkChoice<const Choice extends string>(name: string, value: unknown, choices: readonly Choice[]): Choice {
  const found = choices.find((choice) => choice === value);
  if (found !== undefined) return found;
  throw new BoundsError(`${name} is ${choices.join(", ")}.`);
}

/** @throws BoundsError unless it is an address with http or https. */
export function checkHttpUrl(name: string, value: unknown): string {
  const text = checkText(name, value);
  if (/^https?:$/.test(URL.parse(text)?.protocol ?? "")) return text;
  throw new BoundsError(`${name} is an http or https URL.`);
}

/** @throws BoundsError unless it is an object, and no list. */
export function checkObject(name: string, value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Readonly<Record<string, unknown>>;
  throw new BoundsError(`${name} is a JSON object.`);
}
