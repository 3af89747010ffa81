import { Refusal } from "./error-sentence.ts";

type Body = Readonly<Record<string, unknown>>;

/** A text of a form, trimmed. @throws Refusal when it is missing though it is needed, or too long. */
export function textIn(body: Body, name: string, { needed = false, most = 500 } = {}): string {
  const value = body[name] ?? "";
  if (typeof value !== "string") throw new Refusal(`${name} must be a text.`, { [name]: "must be a text" });
  const text = value.trim();
  if (needed && text === "") throw new Refusal("Something is missing.", { [name]: "is missing" });
  if (text.length > most) {
    const why = `has ${text.length} characters; ${most} is the most`;
    throw new Refusal(`The ${name} ${why}.`, { [name]: why });
  }
  return text;
}

/** One of a few. @throws Refusal for another. */
export function choiceIn<const Choice extends string>(body: Body, name: string, choices: readonly Choice[]): Choice {
  const found = choices.find((choice) => choice === body[name]);
  if (found === undefined) throw new Refusal(`${name} must be one of ${choices.join(", ")}.`, { [name]: "is not known" });
  return found;
}

/**
 * An amount as people type it, with a point and commas between thousands. `undefined` for a comma that stands elsewhere: it is a decimal point to
 * some, and an amount that is read as another one is worse than one that is asked for again.
 * @returns digits with at most one point and two decimals
 */
export function plainAmount(text: string): string | undefined {
  return /^(\d+|\d{1,3}(,\d{3})+)(\.\d{1,2})?$/.test(text) ? text.replaceAll(",", "") : undefined;
}
