import type { CallContext, Principal, WireResponse } from "@ghlkit/core";
import { mayHaveHappened } from "../journal/may-have-happened.ts";

/** What an answer is about. */
export interface ReadOf {
  readonly operation: string | undefined;
  readonly principal: Principal | undefined;
}

/** Calls `action` when a write ended that may have had its effect, before its caller gets its outcome. */
export function afterWrite(answer: Promise<WireResponse>, action: () => void): Promise<WireResponse> {
  return answer.then(
    (response) => {
      if (response.status < 400 || response.status >= 500) action();
      return response;
    },
    (error: unknown) => {
      if (mayHaveHappened(error)) action();
      throw error;
    },
  );
}

/** Whether a write may have changed what a read returns: same resource, and same service where both are known. */
export function touches(write: CallContext, read: ReadOf): boolean {
  if (!isSameResource(write.principal, read.principal)) return false;
  const { operation } = write;
  const [written, known] = [serviceOf(operation?.id), serviceOf(read.operation)];
  return written === undefined || known === undefined || written === known;
}

/** First part of an operation id; `undefined` for none, and for the `METHOD /path` of the path level. */
export function serviceOf(operation: string | undefined): string | undefined {
  return operation === undefined || operation.includes(" ") ? undefined : operation.slice(0, operation.indexOf("."));
}

/** Whatever the credentials: a write with one shows to another. */
export function isSameResource(one: Principal | undefined, other: Principal | undefined): boolean {
  return one?.app === other?.app && one?.kind === other?.kind && one?.resource === other?.resource;
}
