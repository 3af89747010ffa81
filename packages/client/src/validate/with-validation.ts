import type { Generation } from "@ghlkit/contract-documents";
import { answerOf, detachedListener, ghlError, originOf, type Layer } from "@ghlkit/core";
import { answerProblems } from "./answer-problems.ts";
import type { Problem, ValidationEvent } from "./problem.ts";
import { requestProblems } from "./request-problems.ts";

/** What happens with a problem: nothing, an event, or an event and an error. */
export type ValidationLevel = "off" | "report" | "throw";

/** Options of {@link withValidation}. */
export interface ValidationOptions {
  /**
   * Generation whose documents are compared with.
   * @default "v3"
   */
  readonly generation?: Generation;
  /**
   * Requests, before they are sent: query and JSON body.
   * @default "throw"
   */
  readonly requests?: ValidationLevel;
  /**
   * Answers of success. The platform sends what its documents do not say, so `throw` is for tests.
   * @default "report"
   */
  readonly answers?: ValidationLevel;
  /** Called with each request or answer that has a problem. What it throws is reported as an uncaught error. */
  readonly onEvent?: (event: ValidationEvent) => void;
}

/** Problems that an error names; the event has all of them. */
const mostNamed = 5;

/**
 * A layer that holds requests and answers against the contract at run time, for callers without types and for input from outside. Place it outermost. It loads the
 * documents of `@ghlkit/contract-documents` and needs `@cfworker/json-schema`; neither uses `eval`, so it runs on Workers, too. Requests outside the contract, multipart
 * bodies and streams pass.
 *
 * @throws (calls) GhlError `invalid_request` for a request that was not sent; `invalid_response` for an answer, with `accepted: true`.
 */
export function withValidation(options: ValidationOptions = {}): Layer {
  const { generation = "v3", requests = "throw", answers = "report" } = options;
  const emit = detachedListener(options.onEvent ?? ((): void => {}));
  const report = (side: ValidationEvent["side"], operation: string, problems: readonly Problem[]): void =>
    emit({ type: "invalid", side, operation, problems });
  return (next) => async (request, context) => {
    const { operation } = context;
    if (operation === undefined) return next(request, context);
    if (requests !== "off") {
      const problems = await requestProblems(generation, operation, request);
      if (problems.length > 0) report("request", operation.id, problems);
      if (problems.length > 0 && requests === "throw")
        throw ghlError(
          "invalid_request",
          sentence(`The request of ${operation.id} is not what the contract says`, problems),
          {},
          originOf(context),
        );
    }
    const response = await next(request, context);
    const body = answerOf(response)?.body;
    if (answers === "off" || !response.ok || typeof body !== "string" || body === "") return response;
    const problems = await answerProblems(generation, operation, { status: response.status, body });
    if (problems.length === 0) return response;
    report("answer", operation.id, problems);
    if (answers !== "throw") return response;
    const message = sentence(`The answer to ${operation.id} is not what the contract says`, problems);
    throw ghlError("invalid_response", message, { status: response.status, accepted: true }, originOf(context));
  };
}

function sentence(beginning: string, problems: readonly Problem[]): string {
  const named = problems.slice(0, mostNamed).map(({ path, message }) => `${path} ${message}`);
  const more = problems.length > mostNamed ? `, and ${problems.length - mostNamed} more` : "";
  return `${beginning}: ${named.join("; ")}${more}.`;
}
