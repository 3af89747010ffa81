import { reply } from "../../http/answer.ts";
import { Refusal } from "../../http/refusal.ts";

/** The error form that only the current list of installed locations has. */
export function aipError(status: 400 | 404, code: string, message: string): Refusal {
  return new Refusal(reply(status, { error: { code, message } }));
}
