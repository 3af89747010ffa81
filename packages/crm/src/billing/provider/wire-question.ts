import { boundedText, jsonObject } from "../../callbacks/bounded-body.ts";

/** A question as it came: JSON of unknown shape. */
export type WireQuestion = Readonly<Record<string, unknown>>;

const mostBytes = 65_536;

/** What a request holds. */
export type ReadQuestion =
  | { readonly wire: WireQuestion }
  | { readonly wire: undefined; readonly status: 400 | 405 | 413; readonly message: string };

/** Reads a request to the `queryUrl`, bounded. */
export async function readQuestion(request: Request): Promise<ReadQuestion> {
  if (request.method !== "POST") return { wire: undefined, status: 405, message: "The queryUrl takes POST." };
  const text = await boundedText(request, mostBytes);
  if (text === undefined) return { wire: undefined, status: 413, message: `A question has at most ${mostBytes} bytes.` };
  const wire = jsonObject(text);
  return wire === undefined ? { wire, status: 400, message: "A question is a JSON object." } : { wire };
}

/** A text of the question; `""` where there is none. */
export function textOf(question: WireQuestion, name: string): string {
  const value = question[name];
  return typeof value === "string" ? value : "";
}

/** A number of the question, also where it is a text; NaN where there is none. */
export function numberOf(question: WireQuestion, name: string): number {
  const value = question[name];
  return typeof value === "number" || (typeof value === "string" && value.trim() !== "") ? Number(value) : Number.NaN;
}
