import { expect, it } from "vitest";
import { createMemoryInbox } from "@ghlkit/storage";
import { sampleDelivery } from "@ghlkit/storage/testing";
import { createWebhookWorker, installationEvents } from "../src/index.ts";

it("hands the lifecycle of the app, and nothing else, to the installations", async () => {
  const inbox = createMemoryInbox();
  const applied: unknown[] = [];
  const others: string[] = [];
  const sink = { apply: async (event: object) => void applied.push(event) };
  const worker = createWebhookWorker({ inbox, handlers: { ...installationEvents(sink), "*": ({ type }) => void others.push(type) } });
  for (const [at, type] of ["INSTALL", "UPDATE", "PLAN_CHANGE", "UNINSTALL", "ContactCreate"].entries()) {
    const body = new TextEncoder().encode(JSON.stringify({ type, appId: "app", locationId: "loc-1" }));
    await inbox.insert(sampleDelivery(type, { type, body, entity: "installation:loc-1", occurredAt: at }));
  }
  await worker.runDue();
  expect(applied).toEqual(["INSTALL", "UPDATE", "PLAN_CHANGE", "UNINSTALL"].map((type) => ({ type, appId: "app", locationId: "loc-1" })));
  expect(others).toEqual(["ContactCreate"]);
});
