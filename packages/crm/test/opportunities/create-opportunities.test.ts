import { createManualClock } from "@ghlkit/core/testing";
import type { EmulatorOptions } from "@ghlkit/emulator";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createOpportunities, type Deal, type DealPolicy, type EnsureDealResult, type Opportunity } from "../../src/opportunities/index.ts";
import { locationOnEmulator, type LocationOnEmulator } from "../location-on-emulator.ts";

async function setUp(options: EmulatorOptions = {}, setting: LocationOnEmulator = locationOnEmulator(options)) {
  const clock = createManualClock();
  const { location, called } = setting;
  const opportunities = createOpportunities(location, { clock });
  const contactId = (await location.contacts.create({ body: { email: "ada@example.com" } })).contact.id;
  called();
  const deal: Deal = { contactId, pipeline: "sales", name: "Braces: Ada" };
  const ensure = (more: Partial<Deal> = {}, policy?: DealPolicy): Promise<EnsureDealResult> =>
    opportunities.ensure({ ...deal, ...more }, policy);
  const create = async (more: Partial<Deal> = {}): Promise<Opportunity> => {
    const result = await ensure(more);
    if (!("opportunity" in result)) throw new Error(result.outcome);
    called();
    return result.opportunity;
  };
  return { ...setting, clock, opportunities, ensure, create };
}

describe("ensure", () => {
  it("refuses a misspelt policy or status, and rejects a name that is none, before anything is sent", async () => {
    const { ensure, called } = await setUp();
    for (const policy of [{ existing: "updat" }, { statuses: "opn" }, { one: "perContact" }])
      await expect(ensure({}, policy as unknown as DealPolicy)).rejects.toMatchObject({ code: "invalid_request" });
    await expect(ensure({ status: "closed" as "open" })).rejects.toMatchObject({ code: "invalid_request" });
    expect(await ensure({ name: null as unknown as string })).toMatchObject({ outcome: "rejected", fields: [{ field: "name" }] });
    expect(called()).toEqual([]);
  });

  it("creates in the named stage, fields and value included", async () => {
    const { ensure, called, emulator } = await setUp();
    const result = await ensure({ stage: "Contacted", value: 1500, expectedCloseDate: "2026-12-31", fields: { referrer: "Grace" } });
    expect(result).toMatchObject({
      outcome: "created",
      opportunity: {
        pipelineStageId: emulator.seed.stageIds[1],
        monetaryValue: 1500,
        status: "open",
        forecastExpectedCloseDate: "2026-12-31",
      },
      ignored: [],
      calls: 2,
    });
    expect(called()).toEqual(["opportunities.search", "opportunities.create"]);
  });

  it("takes the one that is there, fills it, and leaves its name and stage alone", async () => {
    const { ensure, create } = await setUp();
    const { id } = await create({ stage: "Contacted" });
    const result = await ensure({ name: "Other", stage: "New lead", value: 1500, fields: { referrer: "Grace" } });
    expect(result).toMatchObject({
      outcome: "updated",
      opportunity: { id, name: "Braces: Ada", monetaryValue: 1500 },
      ignored: [{ field: "name", why: "kept" }],
    });
    expect(await ensure({ name: "Braces: Ada", value: 1500 })).toMatchObject({ outcome: "unchanged", opportunity: { id } });
  });

  it("writes all of it when that is asked for, and says what was there", async () => {
    const { ensure, create, emulator } = await setUp();
    const { id } = await create({ value: 100 });
    const result = await ensure({ stage: "Proposal sent", value: 200 }, { existing: "update" });
    expect(result).toMatchObject({
      outcome: "updated",
      opportunity: { id, monetaryValue: 200, pipelineStageId: emulator.seed.stageIds[2] },
      overwrote: [
        { field: "value", before: 100 },
        { field: "stage", before: emulator.seed.stageIds[0] },
      ],
    });
  });

  it("makes a new one where the old one is closed or of another kind", async () => {
    const { ensure, create, opportunities } = await setUp();
    const { id } = await create();
    await opportunities.win(id);
    const second = await create();
    expect(second.id).not.toBe(id);
    expect(await ensure({}, { statuses: "any", isSame: (one) => one.id === id })).toMatchObject({
      outcome: "unchanged",
      opportunity: { id },
    });
    const isSame = ({ name }: Opportunity): boolean => name.startsWith("Whitening: ");
    expect(await ensure({ name: "Whitening: Ada" }, { isSame })).toMatchObject({ outcome: "created" });
  });

  it("knows its own before the search shows it", async () => {
    const setting = locationOnEmulator({}, (request, answer) =>
      request.method === "GET" && request.url.includes("/opportunities/search")
        ? Response.json({ opportunities: [], meta: { total: 0 } })
        : answer,
    );
    const { ensure, clock } = await setUp({}, setting);
    const outcomes = (await Promise.all([ensure(), ensure()])).map(({ outcome }) => outcome);
    expect(outcomes.toSorted()).toEqual(["created", "unchanged"]);
    await clock.advance(31_000);
    expect(await ensure()).toMatchObject({ outcome: "created" });
  });

  it("does not search for a contact that is new, but knows what it created for it", async () => {
    const { ensure, called } = await setUp();
    expect(await ensure({}, { isNewContact: true })).toMatchObject({ outcome: "created", calls: 1 });
    expect(called()).toEqual(["opportunities.create"]);
    expect(await ensure({}, { isNewContact: true })).toMatchObject({ outcome: "unchanged", calls: 1 });
  });

  it("creates first where the location takes one, and adopts the one that the refusal names", async () => {
    const { ensure, create, called, opportunities } = await setUp({ allowDuplicateOpportunities: false });
    const { id } = await create();
    expect(await ensure({ value: 5 })).toMatchObject({ outcome: "updated", opportunity: { id, monetaryValue: 5 }, calls: 3 });
    expect(called()).toEqual(["opportunities.create", "opportunities.get", "opportunities.update"]);
    await opportunities.lose(id, "no answer");
    expect(await ensure()).toMatchObject({ outcome: "conflict", existing: { id, status: "lost" } });
    expect(await ensure({}, { statuses: "any" })).toMatchObject({ outcome: "unchanged", opportunity: { id } });
  });

  it("reports what the platform did not store", async () => {
    const setting = locationOnEmulator({}, async ({ method, url }, answer) => {
      if (!/\/opportunities\/\w{20}$/.test(url) || method === "DELETE") return answer;
      const { opportunity } = (await answer.json()) as { opportunity: object };
      return Response.json({ opportunity: { ...opportunity, monetaryValue: 0 } });
    });
    const { ensure, create } = await setUp({}, setting);
    await create();
    expect(await ensure({ value: 5 })).toMatchObject({ outcome: "unchanged", ignored: [{ field: "value", why: "not_stored" }] });
    expect(await ensure({ value: 5, fields: { referrer: "Grace" } })).toMatchObject({ outcome: "updated" });
  });

  it("finds a pipeline that is new, and guesses at none of two", async () => {
    const clock = createManualClock();
    const stages = [{ id: "s", name: "New", position: 0 }];
    let pipelines = [{ id: "p1", name: "Sales", stages }];
    const listPipelines = async () => ({ pipelines });
    const location = { opportunities: { listPipelines, search: async function* () {} } } as never;
    const opportunities = createOpportunities(location, { clock });
    expect(await opportunities.board("Rentals")).toMatchObject({ outcome: "rejected", why: "unknown_pipeline" });
    pipelines = [
      ...pipelines,
      { id: "p2", name: "Rentals", stages },
      { id: "p3", name: "SALES", stages },
      { id: "p4", name: "Rentals", stages },
    ];
    await clock.advance(30_000);
    expect(await opportunities.board("Rentals")).toMatchObject({ outcome: "rejected", why: "ambiguous_pipeline" });
    expect(await opportunities.board("Sales")).toMatchObject({ outcome: "read", pipeline: { id: "p1" } });
    expect(await opportunities.board("sales")).toMatchObject({ outcome: "rejected", why: "ambiguous_pipeline" });
    expect(await opportunities.board("p4")).toMatchObject({ outcome: "read", pipeline: { id: "p4" } });
  });

  it("creates in the first stage as it is now when the one that it knew was deleted", async () => {
    const { ensure, clock, emulator, location } = await setUp();
    await ensure();
    const { contact } = await location.contacts.create({ body: { email: "grace@example.com" } });
    const snapshot = emulator.snapshot();
    const pipelines = (snapshot["pipelines"] ?? []).map((pipeline) => ({
      ...pipeline,
      stages: (pipeline as unknown as { readonly stages: readonly object[] }).stages.slice(1),
    }));
    emulator.restore({ ...snapshot, pipelines });
    await clock.advance(31_000);
    const { contact: other } = await location.contacts.create({ body: { email: "joan@example.com" } });
    // The pipelines are read again for the first of them; the others do not fail beside it.
    const created = await Promise.all([contact, other].map(({ id }) => ensure({ contactId: id })));
    const inFirst = { outcome: "created", opportunity: { pipelineStageId: emulator.seed.stageIds[1] } };
    expect(created).toMatchObject([inFirst, inFirst]);
    emulator.restore({ ...snapshot, pipelines: [] });
    await clock.advance(31_000);
    const { contact: third } = await location.contacts.create({ body: { email: "kay@example.com" } });
    expect(await ensure({ contactId: third.id })).toMatchObject({
      outcome: "rejected",
      fields: [{ field: "pipeline", why: "unknown_pipeline" }],
    });
  });

  it("rejects what is unknown before it sends", async () => {
    const { ensure, called } = await setUp();
    const wrong = { stage: "Contacting", name: " ", value: -1, expectedCloseDate: "soon", fields: { plan: "pro" } };
    const whys = ["unknown_stage", "invalid_value", "invalid_number", "invalid_date", "unknown_field"];
    const result = await ensure(wrong);
    expect(result.outcome === "rejected" && result.fields.map(({ why }) => why)).toEqual(whys);
    expect(await ensure({ pipeline: "Rentals" })).toMatchObject({ fields: [{ field: "pipeline", why: "unknown_pipeline" }] });
    expect(called()).toEqual([]);
    expect(await ensure({ contactId: "missing" })).toMatchObject({ outcome: "rejected", fields: [{ why: "unknown_contact" }] });
  });
});

describe("move", () => {
  it("goes by the name of the stage, and changes nothing where it is there", async () => {
    const { opportunities, create, called } = await setUp();
    const { id } = await create();
    const moved = await opportunities.move(id, { stage: "proposal sent" });
    expect(moved).toMatchObject({ outcome: "moved", at: { pipeline: { name: "Sales" }, stage: { name: "Proposal sent" } } });
    expect(called()).toEqual(["opportunities.get", "opportunities.update"]);
    expect(await opportunities.move(id, { stage: "Proposal sent", pipeline: "Sales" })).toMatchObject({ outcome: "unchanged", calls: 1 });
  });

  it("reports where it is when it was moved elsewhere meanwhile", async () => {
    const { opportunities, create } = await setUp();
    const seen = await create();
    await opportunities.move(seen.id, { stage: "Closed" });
    for (const from of [seen, "New lead"]) {
      const result = await opportunities.move(seen.id, { stage: "Contacted", from });
      expect(result).toMatchObject({ outcome: "conflict", wasSent: false, at: { stage: { name: "Closed" } } });
    }
    expect(await opportunities.move(seen.id, { stage: "Contacted", from: "Closed" })).toMatchObject({ outcome: "moved" });
  });

  it("reports a move that came between its write and its answer", async () => {
    let stageIds: readonly string[] = [];
    let id = "";
    const setting: LocationOnEmulator = locationOnEmulator({}, async ({ method, url }, answer) => {
      if (method !== "PUT" || !url.endsWith(id) || stageIds.length === 0) return answer;
      const [, , , closed] = stageIds;
      stageIds = [];
      const { opportunity } = await setting.location.opportunities.update({ id, body: { pipelineStageId: closed as string } });
      return Response.json({ opportunity });
    });
    const { opportunities, create } = await setUp({}, setting);
    ({ id } = await create());
    stageIds = setting.emulator.seed.stageIds;
    const result = await opportunities.move(id, { stage: "Contacted" });
    expect(result).toMatchObject({ outcome: "conflict", wasSent: true, at: { stage: { name: "Closed" } } });
  });

  it("finds a stage again that was deleted and made anew, and rejects one that is gone", async () => {
    const { opportunities, create, clock, emulator } = await setUp();
    const { id } = await create();
    await opportunities.move(id, { stage: "Closed" });
    const snapshot = emulator.snapshot();
    const withStages = (change: (stages: readonly { readonly name: string }[]) => readonly object[]): void =>
      emulator.restore({
        ...emulator.snapshot(),
        pipelines: (snapshot["pipelines"] ?? []).map((pipeline) => ({
          ...pipeline,
          stages: change((pipeline as unknown as { readonly stages: readonly { readonly name: string }[] }).stages),
        })),
      });
    withStages((stages) => stages.map((stage) => (stage.name === "Contacted" ? { ...stage, id: "anew" } : stage)));
    await clock.advance(31_000);
    const moved = await opportunities.move(id, { stage: "Contacted" });
    expect(moved).toMatchObject({ outcome: "moved", opportunity: { pipelineStageId: "anew" }, at: { stage: { id: "anew" } } });
    await opportunities.move(id, { stage: "Closed" });
    withStages((stages) => stages.filter(({ name }) => name !== "Contacted"));
    await clock.advance(31_000);
    const fields = [{ field: "stage", why: "unknown_stage" }];
    expect(await opportunities.move(id, { stage: "Contacted" })).toMatchObject({ outcome: "rejected", fields });
  });

  it("rejects a stage that is none, and finds none", async () => {
    const { opportunities, create } = await setUp();
    const { id } = await create();
    expect(await opportunities.move(id, { stage: "Nowhere" })).toMatchObject({ outcome: "rejected", fields: [{ field: "stage" }] });
    expect(await opportunities.move(id, { stage: "Closed", from: "Nowhere" })).toMatchObject({ fields: [{ field: "from" }] });
    expect(await opportunities.move("missing", { stage: "Closed" })).toMatchObject({ outcome: "not_found" });
  });
});

describe("value and status", () => {
  it("are set once", async () => {
    const { opportunities, create, emulator } = await setUp();
    const { id } = await create();
    expect(await opportunities.setValue(id, 99.5)).toMatchObject({ outcome: "updated", opportunity: { monetaryValue: 99.5 } });
    expect(await opportunities.setValue(id, 99.5)).toMatchObject({ outcome: "unchanged", calls: 1 });
    expect(await opportunities.setValue(id, Number.NaN)).toMatchObject({ outcome: "rejected", fields: [{ why: "invalid_number" }] });
    expect(await opportunities.lose(id, "Too  expensive")).toMatchObject({
      outcome: "updated",
      opportunity: { status: "lost", lostReasonId: emulator.seed.lostReasonIds[0] },
    });
    expect(await opportunities.lose(id, "Too expensive")).toMatchObject({ outcome: "unchanged" });
    expect(await opportunities.lose(id, "Weather")).toMatchObject({
      outcome: "rejected",
      fields: [{ field: "reason", why: "unknown_reason" }],
    });
    expect(await opportunities.win(id)).toMatchObject({ outcome: "updated", opportunity: { status: "won" } });
    expect(await opportunities.reopen(id)).toMatchObject({ outcome: "updated", opportunity: { status: "open" } });
    expect(await opportunities.abandon(id)).toMatchObject({ outcome: "updated", opportunity: { status: "abandoned" } });
    expect(await opportunities.win("missing")).toMatchObject({ outcome: "not_found" });
  });
});

describe("board", () => {
  it("has every opportunity of the pipeline in its lane, with counts and sums, to the last page", async () => {
    const { opportunities, location, emulator } = await setUp();
    const contactId = (await location.contacts.create({ body: { email: "grace@example.com" } })).contact.id;
    const stage = (index: number): string => emulator.seed.stageIds[index % 3] as string;
    for (let index = 0; index < 205; index += 1) {
      const place = { pipelineId: emulator.seed.pipelineId, pipelineStageId: stage(index), contactId };
      await location.opportunities.create({
        body: { ...place, name: `Deal ${index}`, status: index === 0 ? "won" : "open", monetaryValue: 0.1 },
      });
    }
    const board = await opportunities.board("Sales");
    if (board.outcome !== "read") throw new Error(board.outcome);
    expect(board).toMatchObject({ count: 204, value: 20.4 });
    expect(board.lanes.map(({ stage, count, value }) => [stage?.name, count, value])).toEqual([
      ["New lead", 68, 6.8],
      ["Contacted", 68, 6.8],
      ["Proposal sent", 68, 6.8],
      ["Closed", 0, 0],
    ]);
    expect(await opportunities.board("sales", { status: "won" })).toMatchObject({ count: 1 });
    expect(await opportunities.board("Rentals")).toEqual({ outcome: "rejected", why: "unknown_pipeline" });
  });

  it("sums whatever pages bring, each opportunity once", async () => {
    const one = fc.record({ id: fc.integer({ min: 1, max: 30 }), stage: fc.constantFrom("s1", "s2", "gone"), cents: fc.nat(1_000_000) });
    await fc.assert(
      fc.asyncProperty(fc.array(one, { maxLength: 40 }), async (shown) => {
        const list = shown.map(({ id, stage, cents }) => ({
          id: String(id),
          pipelineStageId: stage,
          monetaryValue: cents / 100,
          status: "open",
        }));
        const stages = ["s1", "s2"].map((id, position) => ({ id, name: id, position }));
        const search = async function* () {
          yield* list;
        };
        const listPipelines = async () => ({ pipelines: [{ id: "p", name: "Sales", stages }] });
        const location = { opportunities: { search, listPipelines } } as never;
        const board = await createOpportunities(location).board("Sales");
        if (board.outcome !== "read") throw new Error(board.outcome);
        const last = new Map(shown.map(({ id, cents }) => [id, cents]));
        const cents = [...last.values()].reduce((sum, value) => sum + value, 0);
        expect(board.count).toBe(last.size);
        expect(Math.round(board.value * 100)).toBe(cents);
        expect(board.lanes.reduce((sum, { count }) => sum + count, 0)).toBe(last.size);
      }),
    );
  });
});
