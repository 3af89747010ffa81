import { createContext, type CallContext, type WireRequest } from "../src/index.ts";

/** A GET as layers see it. */
export const get: WireRequest = Object.freeze({
  method: "GET",
  url: "https://services.leadconnectorhq.com/x",
  headers: {},
  body: undefined,
});

/** A context with the fields a test cares for. */
export function context(fields: Partial<CallContext> = {}): CallContext {
  return createContext(fields);
}

/** Waits for a rejection and hands it out. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error("It was expected to reject.");
}
