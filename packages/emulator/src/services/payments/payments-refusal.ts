import { reply, type Evidence } from "../../http/answer.ts";
import { Refusal } from "../../http/refusal.ts";

/** Errors of payments have a form of their own: `status` and `name`, without `statusCode` and `error` (highlevel-api-sdk issue 19). */
export function paymentsRefusal(status: 400 | 404, message: string, evidence: Evidence = "inferred"): Refusal {
  return new Refusal(reply(status, { status, message, name: "HttpException" }, evidence));
}
