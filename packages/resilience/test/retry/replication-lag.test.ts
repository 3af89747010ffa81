import { readBody, type Send } from "@ghlkit/core";
import { createManualClock } from "@ghlkit/core/testing";
import { describe, expect, test } from "vitest";
import { withRetry } from "../../src/index.ts";
import { listening, request } from "../simulated-platform.ts";

const lagging = JSON.stringify({ statusCode: 400, message: "Contact not found", code: "CONVERSATIONS_CONTACT_NOT_FOUND" });

async function send(answers: readonly (readonly [number, string])[]) {
  const clock = createManualClock();
  const start = clock.now();
  const times: number[] = [];
  const platform: Send = async () => {
    const [status, body] = answers[times.length] ?? [500, "an attempt too many"];
    times.push(clock.now() - start);
    return new Response(body, { status });
  };
  const { context } = listening({});
  const pending = withRetry({ clock, budget: false })(readBody(platform))({ ...request, method: "POST" }, context);
  await clock.advance(60_000);
  const { status } = await pending;
  return { status, times };
}

describe("a service that lags behind another", () => {
  test("is asked again, for a write too, until it has heard", async () => {
    expect(await send([[400, lagging], [404, lagging], [201, "{}"]])).toEqual({ status: 201, times: [0, 1500, 4500] }); // prettier-ignore
  });

  test("is believed in the end", async () => {
    const { status, times } = await send([[400, lagging], [400, lagging], [400, lagging], [400, lagging]]); // prettier-ignore
    expect([status, times]).toEqual([400, [0, 1500, 4500, 9500]]);
  });

  test("is not any other refusal", async () => {
    expect(await send([[400, '{"message":"Contact not found"}']])).toEqual({ status: 400, times: [0] });
  });
});
