import { isGhlError } from "@ghlkit/core";

/** What a person is shown of an error, and whether trying again makes sense. */
export interface ShownError {
  readonly status: 401 | 409 | 422 | 429 | 500 | 503;
  readonly message: string;
  readonly retry: boolean;
}

/** A refusal of a handler that a person can put right. `fields`: field name → what is wrong. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly fields: Readonly<Record<string, string>>;

  constructor(message: string, fields: Readonly<Record<string, string>> = {}) {
    super(message);
    this.fields = fields;
  }
}

/** For visitors, who cannot reconnect. */
const noConnection = "There is no connection to HighLevel at the moment. What you have typed is kept: try again later.";

/** Details of an error stay in the log: they may name records of others. */
export function errorSentence(error: unknown, access: "staff" | "public" = "staff"): ShownError {
  if (error instanceof Refusal) return { status: 422, message: error.message, retry: false };
  if (!isGhlError(error) || error.code === "storage")
    return { status: 500, message: "Something went wrong here. It was logged.", retry: true };
  switch (error.code) {
    case "token_revoked":
    case "token_expired":
      if (access === "public") return { status: 401, message: noConnection, retry: true };
      return {
        status: 401,
        message: "HighLevel does not accept the connection any more. Reconnect HighLevel, then try again.",
        retry: true,
      };
    case "scope_missing":
      if (access === "public") return { status: 503, message: noConnection, retry: true };
      return {
        status: 409,
        message: "The connection lacks a permission for this. Reconnect HighLevel and allow it.",
        retry: false,
      };
    case "rate_daily":
      return { status: 429, message: "The calls of today are used up. It goes on tomorrow.", retry: true };
    // Another process has it, or took it over from this one.
    case "in_progress":
    case "aborted":
      return { status: 503, message: "It is being done already. Try again in a moment.", retry: true };
    case "outcome_unknown":
      return {
        status: 503,
        message: "HighLevel did not answer, and it is not known yet whether it was done. Try again: nothing is done twice.",
        retry: true,
      };
    case "server":
    case "network":
    case "timeout":
    case "circuit_open":
    case "queue_full":
    case "rate_burst":
      return { status: 503, message: "HighLevel does not answer at the moment. Nothing is lost: try again.", retry: true };
    case "not_found":
      return { status: 409, message: "HighLevel does not have this record any more.", retry: false };
    default:
      return { status: 422, message: `HighLevel refused it: ${error.message}`, retry: false };
  }
}
