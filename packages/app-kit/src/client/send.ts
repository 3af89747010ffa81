import { thePage } from "./boot.ts";
import type { LiveEvent } from "./page.ts";

/** What the server said to what a person did. */
export type Answer<Result = object> =
  | ({ readonly ok: true } & Result)
  | { readonly ok: false; readonly message: string; readonly retry: boolean; readonly fields?: Readonly<Record<string, string>> };

/** A key for one intent: sent again with it, nothing is done twice. */
export function newKey(): string {
  return crypto.randomUUID();
}

/** Sends what a person did. Never throws: an answer that was lost can be asked for again with the same key. */
export async function send<Result = object>(path: string, body: object, key: string): Promise<Answer<Result>> {
  const page = thePage();
  try {
    const answer = await fetch(path, {
      method: "POST",
      headers: { "content-type": "application/json", "x-csrf": page.csrf, "x-form-key": key },
      body: JSON.stringify(body),
    });
    const result = (await answer.json()) as Answer<Result> & { readonly events?: readonly LiveEvent[] };
    for (const event of result.events ?? []) page.apply(event);
    return result;
  } catch {
    return { ok: false, message: "The application does not answer. What you did is kept here: try again.", retry: true };
  }
}
