import { inspect } from "node:util";
import { compose, createContext, fromFetch, type WireRequest } from "@ghlkit/core";
import { expect, test } from "vitest";
import { rotatingPrivateIntegration, type PrivateTokenEvent } from "../src/index.ts";

const token = ["pit", crypto.randomUUID()].join("-");
const previousToken = ["pit", crypto.randomUUID()].join("-");
const request: WireRequest = { method: "GET", url: "https://services.leadconnectorhq.com/x", headers: {}, body: undefined };

test("prefers the new token, falls back on a refused one, comes back, and says so", async () => {
  let now = Date.parse("2026-06-01");
  const clock = { now: () => now, after: () => () => {} };
  const notices: PrivateTokenEvent[] = [];
  const dead = new Set([token]);
  const carried: string[] = [];
  const createdAt = new Date("2026-01-01");
  const onEvent = (notice: PrivateTokenEvent): void => void notices.push(notice);
  const credentials = rotatingPrivateIntegration({ token, previousToken, location: "loc1", createdAt, onEvent, clock });
  const fetch = fromFetch(async (_url, init) => {
    const used = (init.headers as Record<string, string>)["authorization"]?.slice(7) ?? "";
    carried.push(used === token ? "new" : "previous");
    return dead.has(used) ? Response.json({ message: "Invalid Private Integration token" }, { status: 401 }) : Response.json({});
  });
  const send = compose([credentials.repeat, credentials.stamp], fetch);
  const context = createContext();
  expect((await send(request, context)).status).toBe(200);
  expect((await send(request, context)).status).toBe(200);
  expect(carried).toEqual(["new", "previous", "previous"]);
  dead.clear();
  now += 700_000;
  await send(request, context);
  expect(credentials.using()).toBe("new");
  expect(notices).toEqual([
    { type: "old_token", ageDays: 151 },
    { type: "using", token: "previous" },
    { type: "using", token: "new" },
  ]);
  const printed =
    inspect(credentials, { depth: 9, showHidden: true, customInspect: false }) + inspect(credentials) + JSON.stringify(credentials);
  expect(printed).not.toContain(token.slice(4));
  expect(printed).not.toContain(previousToken.slice(4));
});
