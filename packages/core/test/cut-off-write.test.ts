import type { Operation } from "@ghlkit/contract";
import { describe, expect, it } from "vitest";
import { readBody, type CallContext } from "../src/index.ts";
import { context, get, rejection } from "./call.ts";

/** An answer whose body breaks off. */
function cutOff(status: number): Response {
  const body = new ReadableStream({
    start: (controller) => controller.error(Object.assign(new Error("terminated"), { code: "ENETUNREACH" })),
  });
  return new Response(body, { status });
}

function operation(method: string, retry: string): Partial<CallContext> {
  return { operation: { id: "things.do", method, retry, answer: "json" } as unknown as Operation };
}

describe("an answer that is cut off", () => {
  it.each([
    ["POST", "unsafe-create", 201, { code: "invalid_response", accepted: true, status: 201 }],
    ["DELETE", "idempotent", 200, { code: "network", sent: true }],
    ["PUT", "idempotent", 200, { code: "network", sent: true }],
    ["POST", "safe", 200, { code: "network", sent: true }],
    ["GET", "safe", 200, { code: "network", sent: true }],
    ["POST", "unsafe-create", 500, { code: "network", sent: true }],
  ])("to a %s (%s) with status %i had arrived", async (method, retry, status, expected) => {
    const send = readBody(async () => cutOff(status));
    expect(await rejection(send({ ...get, method }, context(operation(method, retry))))).toMatchObject(expected);
  });
});
