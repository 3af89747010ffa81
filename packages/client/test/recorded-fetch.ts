import type { FetchLike } from "@ghlkit/core";

/** A request as fetch was given it. */
export interface Recorded {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** A fetch that answers from a list, in order, and records what it was asked. A request too many fails the test. */
export function recordedFetch(...answers: (object | string | Response | Error)[]): {
  readonly fetch: FetchLike;
  readonly requests: Recorded[];
} {
  const requests: Recorded[] = [];
  const rest = [...answers];
  const fetch: FetchLike = async (url, init) => {
    requests.push({
      method: init.method ?? "GET",
      url,
      headers: { ...(init.headers as Record<string, string>) },
      body: init.body ?? undefined,
    });
    const answer = rest.shift();
    if (answer === undefined) throw new Error(`Unexpected request ${init.method} ${url}`);
    if (answer instanceof Error) throw answer;
    if (answer instanceof Response) return answer;
    return new Response(typeof answer === "string" ? answer : JSON.stringify(answer), { headers: { "content-type": "application/json" } });
  };
  return { fetch, requests };
}

/** Waits for a rejection and hands it out. */
export async function rejection(promise: PromiseLike<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error("It was expected to reject.");
}
