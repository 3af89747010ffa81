import type { CallContext } from "./call-context.ts";
import { ghlError, originOf, type GhlErrorOf } from "./ghl-error.ts";
import { isWrite } from "./is-write.ts";

/** Whether a 2xx to a call says that a write was carried out, whatever its body is. */
export function accepted({ operation, name = "" }: CallContext): boolean {
  const method = operation?.method ?? name.slice(0, Math.max(0, name.indexOf(" ")));
  return method !== "" && isWrite(method, operation);
}

/** The error of an accepted write whose answer is cut off. It must not be repeated, and need not: an idempotent one is sent again for its answer. */
export function acceptedError(status: number, cause: unknown, context: CallContext): GhlErrorOf<"invalid_response"> {
  const message = `The platform answered ${status}, and the rest of the answer was cut off. The write was accepted: do not send it again.`;
  return ghlError("invalid_response", message, { status, accepted: true }, { ...originOf(context), cause });
}
