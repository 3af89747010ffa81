import { Refusal } from "./error-sentence.ts";

type Body = Readonly<Record<string, unknown>>;

/** A text of a form, trimmed. @throws Refusal when it is missing though it is needed, or too long. */
export function textIn(body: Body, name: string, { needed = false, most = 500 } = {}): string {
  const value = body[name] ?? "";
  if (typeof value !== "string") throw new Refusal(`${name} must be a text.`, { [name]: "must be a text" });
  const text = value.trim();
  if (needed && text === "") throw new Refusal("Something is missing.", { [name]: "is missing" });
  if (text.length > most) throw new Refusal("Something is too long.", { [name]: `has ${text.length} characters of ${most}` });
  return text;
}

/** One of a few. @throws Refusal for another. */
export function choiceIn<const Choice extends string>(body: Body, name: string, choices: readonly Choice[]): Choice {
  const found = choices.find((choice) => choice === body[name]);
  if (found === undefined) throw new Refusal(`${name} must be one of ${choices.join(", ")}.`, { [name]: "is not known" });
  return found;
}
