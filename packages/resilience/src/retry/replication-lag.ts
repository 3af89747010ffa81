import { answerOf } from "@ghlkit/core";

/**
 * Errors that say that one service of the platform has not heard yet of what another has just made. They are a refusal: nothing
 * was done.
 */
const lagCodes = ["CONVERSATIONS_CONTACT_NOT_FOUND"] as const;

/** Ms to wait after the first, second and third such answer; after that it is believed. */
const lagWaitsMs = [1500, 3000, 5000] as const;

/** How long to wait before a lagging service is asked again; `undefined` for any other answer, and when it has had its time. */
export function lagWait(response: Response, attempt: number): number | undefined {
  const body = answerOf(response)?.body;
  const isLag = response.status < 500 && typeof body === "string" && lagCodes.some((code) => body.includes(code));
  return isLag ? lagWaitsMs[attempt - 1] : undefined;
}
