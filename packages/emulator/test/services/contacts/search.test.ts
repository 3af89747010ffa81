import { beforeAll, describe, expect, test } from "vitest";
import { createTestClient, type TestAnswer } from "../../test-client.ts";

const { call, emulator } = createTestClient({ clock: { now: () => Date.UTC(2026, 9, 1) } });
const { locationId, customFieldIds, pipelineId } = emulator.seed;
const budget = customFieldIds["contact.budget"] as string;

const people = [
  { firstName: "Ann", lastName: "Lee", email: "ann@example.com", city: "Springfield", tags: ["vip", "lead"], budget: 100, country: "US" },
  { firstName: "Bob", lastName: "Lee", email: "bob@example.com", city: "Shelbyville", tags: ["lead"], budget: 200, country: "US" },
  { firstName: "Cid", lastName: "Moor", phone: "+12025550103", tags: [], budget: 300, country: "DE" },
];

function search(body: object): Promise<TestAnswer> {
  return call("POST", "/contacts/search", { body: { locationId, pageLimit: 10, ...body } });
}

async function names(filters: unknown[]): Promise<string[]> {
  const { body } = await search({ filters, sort: [{ field: "firstNameLowerCase", direction: "asc" }] });
  return body.contacts.map((contact: { firstNameLowerCase: string }) => contact.firstNameLowerCase);
}

beforeAll(async () => {
  for (const { budget: value, ...person } of people) {
    await call("POST", "/contacts/", { body: { locationId, ...person, customFields: [{ id: budget, fieldValue: value }] } });
    emulator.clock.advance(60_000);
  }
  const [ann] = (await search({ query: "ann" })).body.contacts;
  await call("POST", "/opportunities/", { body: { locationId, pipelineId, contactId: ann.id, name: "Deal", status: "open" } });
});

describe("filters", () => {
  test.each<[string, unknown[], string[]]>([
    ["eq", [{ field: "email", operator: "eq", value: "ANN@example.com" }], ["ann"]],
    ["not_eq", [{ field: "country", operator: "not_eq", value: "US" }], ["cid"]],
    ["contains", [{ field: "lastNameLowerCase", operator: "contains", value: "le" }], ["ann", "bob"]],
    ["not_contains", [{ field: "city", operator: "not_contains", value: "spring" }], ["bob", "cid"]],
    ["exists", [{ field: "phone", operator: "exists" }], ["cid"]],
    ["not_exists", [{ field: "tags", operator: "not_exists" }], ["cid"]],
    ["tags", [{ field: "tags", operator: "eq", value: "vip" }], ["ann"]],
    ["range of dates", [{ field: "dateAdded", operator: "range", value: { gte: "2026-10-01T00:01:00.000Z" } }], ["bob", "cid"]],
    ["range of a custom field", [{ field: `customFields.${budget}`, operator: "range", value: { gt: 100, lt: 300 } }], ["bob"]],
    ["opportunities", [{ field: "opportunities.pipelineId", operator: "eq", value: pipelineId }], ["ann"]],
    [
      "groups",
      [
        {
          group: "OR",
          filters: [
            { field: "firstNameLowerCase", operator: "eq", value: "cid" },
            {
              group: "AND",
              filters: [
                { field: "lastNameLowerCase", operator: "eq", value: "lee" },
                { field: "tags", operator: "eq", value: "vip" },
              ],
            },
          ],
        },
      ],
      ["ann", "cid"],
    ],
    [
      "several are all needed",
      [
        { field: "lastNameLowerCase", operator: "eq", value: "lee" },
        { field: "tags", operator: "eq", value: "vip" },
      ],
      ["ann"],
    ],
  ])("%s", async (_, filters, expected) => {
    expect(await names(filters)).toEqual(expected);
  });

  test.each<[string, object, RegExp]>([
    ["unknown field", { filters: [{ field: "shoe", operator: "eq", value: "1" }] }, /^filters\.0\.field shoe cannot be filtered by/],
    [
      "operator the field does not take",
      { filters: [{ field: "id", operator: "contains", value: "1" }] },
      /^filters\.0\.operator must be one of the following values: eq, not_eq/,
    ],
    ["missing value", { filters: [{ field: "email", operator: "eq" }] }, /^filters\.0\.value should not be empty/],
    ["range without bounds", { filters: [{ field: "dateAdded", operator: "range", value: 3 }] }, /^filters\.0\.value must have/],
    ["long value", { filters: [{ field: "email", operator: "eq", value: "x".repeat(76) }] }, /75 characters/],
    ["page with cursor", { page: 1, searchAfter: [1, "a"] }, /cannot be used together/],
    ["too far by page", { page: 1001 }, /10000 records/],
    ["page size", { pageLimit: 501 }, /^pageLimit must not be greater than 500/],
    ["three sorts", { sort: [1, 2, 3].map(() => ({ field: "email", direction: "asc" })) }, /^sort must contain no more than 2 elements/],
    ["sort by what cannot be", { sort: [{ field: "city", direction: "asc" }] }, /^sort\.0\.field city/],
    ["unknown property", { size: 3 }, /^property size should not exist/],
  ])("%s is 422", async (_, body, message) => {
    const { status, body: answer } = await search(body);
    expect(status).toBe(422);
    expect(answer.message[0]).toMatch(message);
  });

  test("free text looks at name, e-mail, phone and tags", async () => {
    const found = async (query: string): Promise<number> => (await search({ query })).body.total;
    expect([await found("lee"), await found("bob@"), await found("5550103"), await found("vip"), await found("nothing")]).toEqual([
      2, 1, 1, 1, 0,
    ]);
  });
});

describe("paging", () => {
  test("by page and by cursor see the same contacts in the same order", async () => {
    const all = (await search({})).body;
    expect([all.total, all.contacts[0].firstNameLowerCase]).toEqual([3, "cid"]);
    const byPage: string[] = [];
    for (const page of [1, 2, 3])
      byPage.push(...(await search({ pageLimit: 1, page })).body.contacts.map((contact: { id: string }) => contact.id));
    const byCursor: string[] = [];
    let searchAfter: unknown;
    for (;;) {
      const { contacts } = (await search({ pageLimit: 1, ...(searchAfter === undefined ? { page: 1 } : { searchAfter }) })).body;
      if (contacts.length === 0) break;
      byCursor.push(contacts[0].id);
      ({ searchAfter } = contacts[0]);
    }
    const expected = all.contacts.map((contact: { id: string }) => contact.id);
    expect([byPage, byCursor]).toEqual([expected, expected]);
  });

  test("a cursor of another sort is refused", async () => {
    const { searchAfter } = (await search({ pageLimit: 1 })).body.contacts[0];
    const sort = [
      { field: "email", direction: "asc" },
      { field: "dateAdded", direction: "asc" },
    ];
    expect((await search({ searchAfter, sort })).status).toBe(422);
  });

  test("the deprecated list pages by time and id", async () => {
    const first = (await call("GET", `/contacts/?locationId=${locationId}&limit=2`, { version: "2021-07-28" })).body;
    expect([first.contacts.length, first.meta.total, first.meta.nextPage]).toEqual([2, 3, 2]);
    const { startAfter, startAfterId } = first.meta;
    const path = `/contacts/?locationId=${locationId}&limit=2&startAfter=${startAfter}&startAfterId=${startAfterId}`;
    const second = (await call("GET", path, { version: "2021-07-28" })).body;
    expect(second.contacts.map((contact: { firstName: string }) => contact.firstName)).toEqual(["ann"]);
    expect(second.contacts[0]).toMatchObject({ firstNameRaw: "Ann", firstNameLowerCase: "ann" });
    expect(second.meta.nextPage).toBeNull();
  });
});
