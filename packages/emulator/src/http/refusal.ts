import { reply, type Answer, type Evidence } from "./answer.ts";

/** An error of the emulated platform on its way to becoming an answer. Thrown by handlers, caught by the pipeline. */
export class Refusal extends Error {
  readonly answer: Answer;

  constructor(answer: Answer) {
    super(`Refused with ${answer.status}`);
    this.name = "Refusal";
    this.answer = answer;
  }
}

/** 400: the request is well formed, the platform's state says no. */
export function badRequest(message: string, extra: Readonly<Record<string, unknown>> = {}, evidence: Evidence = "inferred"): Refusal {
  return new Refusal(reply(400, { statusCode: 400, message, ...extra }, evidence));
}

/** 401: token, scope, token kind or `Version`. The message says which. */
export function unauthorized(message: string, evidence: Evidence = "reported"): Refusal {
  return new Refusal(reply(401, { statusCode: 401, message }, evidence));
}

/** 403: another location's data. */
export function forbiddenLocation(): Refusal {
  return new Refusal(reply(403, { statusCode: 403, message: "The token does not have access to this location." }, "reported"));
}

/** 403: a route of the agency, for the token of one location. */
export function forbiddenResource(): Refusal {
  return new Refusal(reply(403, { statusCode: 403, message: "Forbidden resource", error: "Forbidden" }, "reported"));
}

/** 404 of the router: no such path, or not under this `Version`. @param hint A field of the emulator's own. */
export function noRoute(method: string, path: string, hint?: string): Refusal {
  const body = { statusCode: 404, message: `Cannot ${method} ${path}`, error: "Not Found", ...(hint !== undefined && { hint }) };
  return new Refusal(reply(404, body, "reported"));
}

/** 401 of the gateway in front of the router: it answers for some paths that it has no rule for. */
export function unsupportedRoute(): Refusal {
  return unauthorized("This route is not yet supported by the IAM Service. Please update your IAM config.");
}

/** 404 of a record. */
export function notFound(message: string, evidence: Evidence = "inferred"): Refusal {
  return new Refusal(reply(404, { statusCode: 404, message, error: "Not Found" }, evidence));
}

/** 422: the request breaks the contract. One text per finding. */
export function unprocessable(messages: readonly string[], evidence: Evidence = "reported"): Refusal {
  return new Refusal(reply(422, { statusCode: 422, message: messages, error: "Unprocessable Entity" }, evidence));
}
