import { beforeEach, describe, expect, test } from "vitest";
import { createTestClient, type TestAnswer, type TestClient } from "../../test-client.ts";

let client: TestClient;
let contactId: string;

beforeEach(async () => {
  client = createTestClient({ clock: { now: () => Date.UTC(2026, 9, 1) } });
  const { locationId } = client.emulator.seed;
  contactId = (await client.call("POST", "/contacts/", { body: { locationId, name: "Ann Lee", email: "ann@example.com" } })).body.contact
    .id;
});

function create(fields: object = {}): Promise<TestAnswer> {
  const { locationId, pipelineId } = client.emulator.seed;
  return client.call("POST", "/opportunities/", { body: { locationId, pipelineId, contactId, name: "Deal", status: "open", ...fields } });
}

describe("a search by query", () => {
  test.each([
    [`q=${"x".repeat(76)}`, "q must be shorter than or equal to 75 characters"],
    ["order=newest", "order must be one of the following values: added_asc, added_desc, name_asc, name_desc"],
    ["date=99-99-9999", "date must be in MM-DD-YYYY format"],
    ["endDate=2026-01-31", "endDate must be in MM-DD-YYYY format"],
    ["date=02-30-2026", "date must be in MM-DD-YYYY format"],
  ])("refuses %s", async (query, message) => {
    const path = `/opportunities/search?locationId=${client.emulator.seed.locationId}&${query}`;
    const { status, body } = await client.call("GET", path);
    expect([status, body.message]).toEqual([422, [message]]);
  });
});

describe("opportunities", () => {
  test("start in the first stage and carry their contact's card", async () => {
    const { status, body } = await create({ monetaryValue: 10 });
    expect(status).toBe(201);
    expect(body.opportunity).toMatchObject({
      pipelineStageId: client.emulator.seed.stageIds[0],
      monetaryValue: 10,
      contact: { id: contactId, name: "Ann Lee", email: "ann@example.com" },
    });
  });

  test.each([
    ["pipeline", { pipelineId: "nowhere" }],
    ["stage", { pipelineStageId: "nowhere" }],
    ["contact", { contactId: "nobody" }],
  ])("an unknown %s is 400", async (_, fields) => {
    expect((await create(fields)).status).toBe(400);
  });

  test.each([
    ["any", "OPPORTUNITY_NO_DUPLICATE"],
    ["open", undefined],
  ] as const)("one per contact and pipeline where the location wants that, counting those of status %s", async (counted, code) => {
    client = createTestClient({ allowDuplicateOpportunities: false, duplicateOpportunityStatus: counted });
    const { locationId } = client.emulator.seed;
    contactId = (await client.call("POST", "/contacts/", { body: { locationId, email: "ann@example.com" } })).body.contact.id;
    const { opportunity } = (await create()).body;
    const refused = { code: "OPPORTUNITY_NO_DUPLICATE", meta: { existingId: opportunity.id } };
    expect(await create()).toMatchObject({ status: 400, body: refused });
    await client.call("PUT", `/opportunities/${opportunity.id}/status`, { body: { status: "lost" } });
    expect((await create()).body.code).toBe(code);
  });

  test("moving stage and status is stamped", async () => {
    const { opportunity } = (await create()).body;
    client.emulator.clock.advance(1000);
    const at = `/opportunities/${opportunity.id}`;
    await client.call("PUT", at, { body: { pipelineStageId: client.emulator.seed.stageIds[2] } });
    client.emulator.clock.advance(1000);
    expect((await client.call("PUT", `${at}/status`, { body: { status: "lost" } })).body).toMatchObject({ succeded: true, success: true });
    const { body } = await client.call("GET", at);
    expect(body.opportunity).toMatchObject({
      status: "lost",
      lastStageChangeAt: "2026-10-01T00:00:01.000Z",
      lastStatusChangeAt: "2026-10-01T00:00:02.000Z",
    });
  });

  test("upsert by id, and by contact within the pipeline", async () => {
    const { locationId, pipelineId } = client.emulator.seed;
    const first = await client.call("POST", "/opportunities/upsert", { body: { locationId, pipelineId, contactId, name: "One" } });
    const second = await client.call("POST", "/opportunities/upsert", { body: { locationId, pipelineId, contactId, name: "Two" } });
    expect([first.body.new, second.body.new]).toEqual([true, false]);
    expect(second.body.opportunity).toMatchObject({ id: first.body.opportunity.id, name: "Two" });
  });

  test("a location can refuse a second open opportunity of a contact", async () => {
    const { locationId, companyId, tokens } = client.emulator.seed;
    await client.call("PUT", `/locations/${locationId}`, {
      body: { companyId, settings: { allowDuplicateOpportunity: false } },
      token: tokens.agency,
    });
    expect((await create()).status).toBe(201);
    expect((await create()).status).toBe(400);
  });

  /** Three opportunities, each of another contact: one contact has one per pipeline. */
  async function createThree(fields: (name: string) => object): Promise<void> {
    const { locationId } = client.emulator.seed;
    for (const name of ["a", "b", "c"]) {
      const { body } = await client.call("POST", "/contacts/", { body: { locationId, name: "Ann Lee", email: `${name}@example.com` } });
      await create({ name, contactId: body.contact.id, ...fields(name) });
      client.emulator.clock.advance(1000);
    }
  }

  test("search filters and pages; a cursor leads past the last page to an empty one", async () => {
    const { locationId, pipelineId } = client.emulator.seed;
    await createThree((name) => ({ status: name === "c" ? "won" : "open" }));
    const at = `/opportunities/search?locationId=${locationId}&pipelineId=${pipelineId}&limit=2&status=all&order=added_asc`;
    const first = (await client.call("GET", at)).body;
    expect([first.opportunities.map((item: { name: string }) => item.name), first.meta.total, first.meta.nextPage]).toEqual([
      ["a", "b"],
      3,
      2,
    ]);
    const next = (meta: { startAfter: number; startAfterId: string }): string =>
      `${at}&startAfter=${meta.startAfter}&startAfterId=${meta.startAfterId}`;
    const second = (await client.call("GET", next(first.meta))).body;
    expect([second.opportunities.map((item: { name: string }) => item.name), second.meta.nextPage]).toEqual([["c"], null]);
    expect((await client.call("GET", next(second.meta))).body.opportunities).toEqual([]);
    expect((await client.call("GET", `${at}&page=2`)).body.opportunities).toHaveLength(1);
    const won = `/opportunities/search?location_id=${locationId}&status=won&q=ann`;
    expect((await client.call("GET", won, { version: "2021-07-28" })).body.meta.total).toBe(1);
  });

  test("the search by POST counts pages from 0 and sums stages in the current generation", async () => {
    const { locationId } = client.emulator.seed;
    await createThree(() => ({ monetaryValue: 10 }));
    const body = { locationId, query: "", limit: 2 };
    const first = (await client.call("POST", "/opportunities/search", { body: { ...body, page: 0 } })).body;
    expect([first.opportunities.length, first.total, first.stageAggregations[0].totalValue]).toEqual([2, 3, 30]);
    expect((await client.call("POST", "/opportunities/search", { body: { ...body, page: 1 } })).body.opportunities).toHaveLength(1);
    const { searchAfter } = first.opportunities[1];
    expect((await client.call("POST", "/opportunities/search", { body: { ...body, searchAfter } })).body.opportunities).toHaveLength(1);
    const v2 = await client.call("POST", "/opportunities/search", { body, version: "2021-07-28" });
    expect(v2.body).not.toHaveProperty("stageAggregations");
  });

  test("the search by POST filters and sorts in either spelling, and refuses fields that there are not", async () => {
    const { locationId, pipelineId } = client.emulator.seed;
    await createThree((name) => ({ status: name === "c" ? "won" : "open", monetaryValue: name === "a" ? 30 : 10 }));
    const search = async (parts: object): Promise<TestAnswer> =>
      client.call("POST", "/opportunities/search", { body: { locationId, limit: 10, ...parts } });
    const names = async (parts: object): Promise<string[]> =>
      (await search(parts)).body.opportunities.map(({ name }: { name: string }) => name);
    const byName = [{ field: "name", direction: "asc" }];
    expect(await names({ filters: [{ field: "status", operator: "eq", value: "open" }], sort: byName })).toEqual(["a", "b"]);
    expect(await names({ filters: [{ field: "pipeline_id", operator: "eq", value: pipelineId }] })).toEqual(["c", "b", "a"]);
    const rich = [{ field: "monetaryValue", operator: "range", value: { gt: 10 } }];
    expect(
      await names({ filters: [{ group: "OR", filters: [...rich, { field: "name", operator: "eq", value: "b" }] }], sort: byName }),
    ).toEqual(["a", "b"]);
    expect(await names({ sort: [{ field: "monetary_value", direction: "desc" }, ...byName] })).toEqual(["a", "b", "c"]);
    const { searchAfter } = (await search({ sort: byName, limit: 1 })).body.opportunities[0];
    expect(await names({ sort: byName, searchAfter })).toEqual(["b", "c"]);
    expect((await search({ filters: [{ field: "colour", operator: "eq", value: "red" }] })).status).toBe(422);
    expect((await search({ filters: [{ field: "name", operator: "gt", value: "a" }] })).body.message).toEqual(["Invalid Operator"]);
    expect((await search({ sort: [{ field: "colour", direction: "asc" }] })).status).toBe(422);
  });

  test("more than 100 in a page of the search is 400, in the words that others say with 422", async () => {
    const { locationId } = client.emulator.seed;
    const { status, body } = await client.call("GET", `/opportunities/search?locationId=${locationId}&limit=101`);
    expect([status, body.message]).toEqual([400, "limit must not be greater than 100"]);
  });
});
