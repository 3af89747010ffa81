import { createManualClock, runOnClock, type ManualClock } from "@ghlkit/core/testing";
import { createEmulator, type Emulator } from "@ghlkit/emulator";
import { createMemoryStorage } from "@ghlkit/storage";
import { createGhl, type LocationClient } from "ghlkit";
import { beforeEach, describe, expect, it } from "vitest";
import { createOpportunities, type Opportunities } from "../../src/opportunities/index.ts";
import { watchedFetch } from "../emulator-under-way.ts";

const settleMs = 60_000;

describe("ensure with a key", () => {
  let clock: ManualClock;
  let emulator: Emulator;
  let location: LocationClient;
  let process: () => Opportunities;
  let run: <Result>(program: () => Promise<Result>) => Promise<Result>;
  let contactId: string;

  beforeEach(async () => {
    clock = createManualClock();
    emulator = createEmulator({ clock, burstLimit: 1_000_000, allowDuplicateOpportunities: true });
    const { journal } = createMemoryStorage({ clock });
    const { tokens, locationId } = emulator.seed;
    const { fetch, isBusy } = watchedFetch(emulator);
    location = createGhl({ token: tokens.location, location: locationId, fetch, clock, retry: { maxAttempts: 1 } }).location(locationId);
    process = () => createOpportunities(location, { journal, clock });
    run = (program) => runOnClock(clock, program, { isBusy });
    contactId = (await run(() => location.contacts.create({ body: { email: "ada@example.com" } }))).contact.id;
    // What was written is in no list for five seconds.
    emulator.faults.add({ operation: "*", kind: "replication-lag", lagMs: 5000 });
  });

  const ensure = (opportunities: Opportunities, more: object = {}) =>
    opportunities.ensure({ contactId, pipeline: "Sales", name: "Braces", value: 100, ...more }, { key: "braces" });
  const deals = (): number =>
    (emulator.snapshot()["opportunities"] as readonly { readonly contactId?: unknown }[]).filter((one) => one.contactId === contactId)
      .length;

  it("makes one deal for two processes at once, and none where the list does not show it yet", async () => {
    const [one, other] = [process(), process()];
    const both = await run(() => Promise.all([ensure(one), ensure(other)]));
    expect(both.map(({ outcome }) => outcome).toSorted()).toEqual(["created", "unknown"]);
    const later = await run(() => ensure(process(), { value: 200 }));
    expect(later).toMatchObject({ outcome: "unchanged", opportunity: { monetaryValue: 100 } });
    expect(deals()).toBe(1);
  });

  it("finds the one whose answer was lost, and makes one that never arrived", async () => {
    emulator.faults.add({ operation: "opportunities.create", kind: "lost-answer", times: 1, afterEffect: true });
    expect(await run(() => ensure(process()))).toMatchObject({ outcome: "unknown", probeAfterMs: settleMs });
    // It is not shown yet: nothing is made beside it.
    expect(await run(() => ensure(process()))).toMatchObject({ outcome: "unknown" });
    // Nor is it judged while the process that made it may still be at it.
    await clock.advance(31_000);
    expect(await run(() => ensure(process(), { value: 100, name: "Other" }))).toMatchObject({
      outcome: "unchanged",
      opportunity: { name: "Braces" },
      ignored: [{ field: "name", why: "kept" }],
    });
    expect(deals()).toBe(1);
    emulator.faults.add({ operation: "opportunities.create", kind: "lost-answer", times: 1, afterEffect: false });
    const crown = (): ReturnType<typeof ensure> =>
      process().ensure({ contactId, pipeline: "Sales", name: "Crown" }, { key: "crown", isSame: ({ name }) => name === "Crown" });
    expect(await run(crown)).toMatchObject({ outcome: "unknown" });
    await clock.advance(settleMs);
    expect(await run(crown)).toMatchObject({ outcome: "created", opportunity: { name: "Crown" } });
    expect(deals()).toBe(2);
  });

  it("is tried again after a refusal, and makes anew what was deleted or closed since", async () => {
    const body = { statusCode: 422, message: ["assignedTo is not of this location"] };
    emulator.faults.add({ operation: "opportunities.create", kind: "error", status: 422, body, times: 1 });
    expect(await run(() => ensure(process()))).toMatchObject({ outcome: "rejected", fields: [{ why: "refused" }] });
    const made = await run(() => ensure(process()));
    if (made.outcome !== "created") throw new Error(made.outcome);
    await run(() => location.opportunities.delete({ id: made.opportunity.id }));
    await clock.advance(10_000);
    const anew = await run(() => ensure(process()));
    expect(anew.outcome).toBe("created");
    if (anew.outcome !== "created") throw new Error(anew.outcome);
    await clock.advance(10_000);
    await run(() => process().win(anew.opportunity.id));
    await clock.advance(10_000);
    expect((await run(() => ensure(process()))).outcome).toBe("created");
  });

  it("updates the one that is there at the stage as it is now when the one that was known was deleted", async () => {
    const opportunities = process();
    const update = () =>
      opportunities.ensure({ contactId, pipeline: "Sales", stage: "Contacted", name: "Braces" }, { key: "braces", existing: "update" });
    expect((await run(update)).outcome).toBe("created");
    const snapshot = emulator.snapshot();
    const renamed = (snapshot["pipelines"] as unknown as readonly { readonly stages: readonly { readonly name: string }[] }[]).map(
      (pipeline) => ({
        ...pipeline,
        stages: pipeline.stages.map((stage) => (stage.name === "Contacted" ? { ...stage, id: "anew" } : stage)),
      }),
    );
    emulator.restore({ ...snapshot, pipelines: renamed as never });
    await run(async () => opportunities.move((await location.opportunities.search()).opportunities[0]?.id ?? "", { stage: "Closed" }));
    await clock.advance(31_000);
    expect(await run(update)).toMatchObject({ outcome: "updated", opportunity: { pipelineStageId: "anew" } });
  });

  it("needs a journal, and times that are some", async () => {
    await expect(createOpportunities(location).ensure({ contactId, pipeline: "Sales", name: "x" }, { key: "x" })).rejects.toMatchObject({
      code: "invalid_request",
      message: "A deal with a key needs `journal` in createOpportunities.",
    });
    expect(() => createOpportunities(location, { settleMs: -1 })).toThrow(expect.objectContaining({ code: "invalid_request" }));
  });
});
