import { isGhlError } from "@ghlkit/core";
import { refusedRequest } from "../run/refused-request.ts";
import { isGivenUp } from "./step-given-up.ts";

/** The reason why a step is given up on, or undefined when it may be tried again later. */
export function refusedForGood(error: unknown): string | undefined {
  if (isGivenUp(error)) return error.message;
  return isGhlError(error) && refusedRequest.has(error.code) ? `${error.code}: ${error.message}` : undefined;
}
