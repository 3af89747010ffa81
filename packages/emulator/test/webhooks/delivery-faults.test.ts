import { expect, test } from "vitest";
import { createEndpoint } from "./endpoint.ts";

test("a drop is in the log and nowhere else", async () => {
  const { emulator, received } = createEndpoint();
  emulator.webhooks.faults.add({ type: "ContactCreate", kind: "drop", times: 1 });
  for (const type of ["ContactUpdate", "ContactCreate", "ContactCreate"]) emulator.webhooks.trigger(type);
  await emulator.clock.run(86_400_000);
  expect(received).toHaveLength(2);
  expect(emulator.webhooks.deliveries({ state: "dropped" })).toMatchObject([{ type: "ContactCreate", faults: ["drop"], attempts: [] }]);
  expect(emulator.webhooks.faults.list()).toEqual([{ type: "ContactCreate", kind: "drop", times: 1, hits: 1 }]);
});

test("duplicates are the same bytes, then or later", async () => {
  const { emulator, received } = createEndpoint();
  emulator.webhooks.faults.add({ type: "*", kind: "duplicate", copies: 2, delayMs: 5000 });
  const [first] = emulator.webhooks.trigger("ContactCreate");
  await emulator.webhooks.settle();
  expect(received).toHaveLength(1);
  await emulator.clock.run(5000);
  expect(received.map(({ atMs }) => atMs)).toEqual([0, 5000, 5000]);
  expect(new Set(received.map(({ bytes }) => Buffer.from(bytes).toString())).size).toBe(1);
  expect(emulator.webhooks.deliveries().map(({ duplicateOf }) => duplicateOf)).toEqual([undefined, first?.id, first?.id]);
});

test("delays lie between their bounds, the same each time", async () => {
  const run = async (): Promise<readonly number[]> => {
    const { emulator, received } = createEndpoint();
    emulator.webhooks.faults.add({ type: "*", kind: "delay", delayMs: 1000, maxDelayMs: 9000 });
    for (let count = 0; count < 20; count += 1) emulator.webhooks.trigger("ContactCreate");
    await emulator.clock.run(10_000);
    return received.map(({ atMs }) => atMs);
  };
  const times = await run();
  expect(times).toHaveLength(20);
  expect(Math.min(...times)).toBeGreaterThanOrEqual(1000);
  expect(Math.max(...times)).toBeLessThanOrEqual(9000);
  expect(new Set(times).size).toBeGreaterThan(10);
  expect(await run()).toEqual(times);
});

test("reordered ones go after those that overtake them, or when their time comes", async () => {
  const { emulator, types } = createEndpoint({ concurrency: 1 });
  emulator.webhooks.faults.add({ type: "ContactCreate", kind: "reorder", overtakenBy: 2, delayMs: 30_000 });
  for (const type of ["ContactCreate", "NoteCreate", "NoteUpdate", "NoteDelete", "ContactCreate"]) emulator.webhooks.trigger(type);
  await emulator.webhooks.settle();
  expect(types()).toEqual(["NoteCreate", "NoteUpdate", "ContactCreate", "NoteDelete"]);
  await emulator.clock.run(30_000);
  expect(types()).toEqual(["NoteCreate", "NoteUpdate", "ContactCreate", "NoteDelete", "ContactCreate"]);
});

test("bodies may lack the id and the type", async () => {
  const { emulator, received } = createEndpoint();
  emulator.webhooks.faults.add({ type: "InvoicePaid", kind: "missing-type" });
  emulator.webhooks.faults.add({ type: "InvoicePaid", kind: "missing-webhook-id" });
  const [delivery] = emulator.webhooks.trigger("InvoicePaid");
  await emulator.webhooks.settle();
  expect(received[0]?.body).not.toHaveProperty("type");
  expect(received[0]?.body).not.toHaveProperty("webhookId");
  expect(delivery).toMatchObject({ type: "InvoicePaid", faults: ["missing-type", "missing-webhook-id"] });
  expect(delivery).not.toHaveProperty("webhookId");
});

test("a rate meets its share", async () => {
  const { emulator, received } = createEndpoint();
  emulator.webhooks.faults.add({ type: "*", kind: "drop", rate: 0.25 });
  for (let count = 0; count < 400; count += 1) emulator.webhooks.trigger("ContactCreate");
  await emulator.webhooks.settle();
  expect(received.length).toBeGreaterThan(250);
  expect(received.length).toBeLessThan(350);
});

test("faults that make no sense are refused", () => {
  const { faults } = createEndpoint().emulator.webhooks;
  expect(() => faults.add({ type: "Nonsense", kind: "drop" })).toThrow("no event");
  expect(() => faults.add({ type: "*", kind: "drop", rate: 2 })).toThrow("rate");
  expect(() => faults.add({ type: "*", kind: "duplicate", copies: 0 })).toThrow("copies");
  expect(() => faults.add({ type: "*", kind: "delay", delayMs: 5, maxDelayMs: 1 })).toThrow("maxDelayMs");
});
