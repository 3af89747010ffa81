import { beforeAll, describe, expect, test } from "vitest";
import { startAfter } from "../../src/call/start-after.ts";
import { createTestClient } from "../test-client.ts";

test("the place of a record that is gone is taken by the first one behind it; an unknown place is the end", () => {
  const found = [{ id: "a", at: 9 }, { id: "c", at: 5 }, { id: "d", at: 1 }]; // prettier-ignore
  const idOf = ({ id }: { readonly id: string }): string => id;
  expect(startAfter(found, "c", { idOf })).toBe(2);
  expect(startAfter(found, "b", { idOf, isBehind: ({ at }) => at < 7 })).toBe(1);
  expect(startAfter(found, "e", { idOf, isBehind: ({ at }) => at < 1 })).toBe(3);
  expect(startAfter(found, "b", { idOf })).toBe(3);
});

describe("a list goes on when the record that its cursor names was deleted", () => {
  const client = createTestClient({ allowDuplicateOpportunities: true });
  const { locationId, pipelineId } = client.emulator.seed;
  const ids: string[] = [];
  const opportunities: string[] = [];

  beforeAll(async () => {
    for (let count = 0; count < 6; count += 1) {
      const { body } = await client.call("POST", "/contacts/", { body: { locationId, email: `cursor-${count}@example.com` } });
      ids.push(body.contact.id);
      const made = await client.call("POST", "/opportunities/", {
        body: { locationId, pipelineId, contactId: body.contact.id, name: `Deal ${count}`, status: "open" },
      });
      opportunities.push(made.body.opportunity.id);
      client.emulator.clock.advance(1000);
    }
  });

  test("opportunities by query and by body", async () => {
    const path = `/opportunities/search?location_id=${locationId}&limit=2`;
    const first = (await client.call("GET", path, { version: "2021-07-28" })).body;
    const search = (body: object) => client.call("POST", "/opportunities/search", { body: { locationId, limit: 2, ...body } });
    const found = (await search({})).body;
    const names = (answer: { opportunities: { name: string }[] }): string[] => answer.opportunities.map(({ name }) => name);
    expect([names(first), names(found)]).toEqual([["Deal 5", "Deal 4"], ["Deal 5", "Deal 4"]]); // prettier-ignore
    await client.call("DELETE", `/opportunities/${opportunities[4]}`);
    const { startAfter: at, startAfterId } = first.meta;
    const next = await client.call("GET", `${path}&startAfter=${at}&startAfterId=${startAfterId}`, { version: "2021-07-28" });
    const nextFound = await search({ searchAfter: found.opportunities.at(-1).searchAfter });
    expect([names(next.body), names(nextFound.body)]).toEqual([["Deal 3", "Deal 2"], ["Deal 3", "Deal 2"]]); // prettier-ignore
    const unknown = await client.call("GET", `${path}&startAfterId=unknown`, { version: "2021-07-28" });
    expect(names(unknown.body)).toEqual([]);
  });

  test("contacts", async () => {
    const path = `/contacts/?locationId=${locationId}&limit=2`;
    const first = (await client.call("GET", path, { version: "2021-07-28" })).body;
    await client.call("DELETE", `/contacts/${ids[4]}`);
    const { startAfter: at, startAfterId } = first.meta;
    expect(startAfterId).toBe(ids[4]);
    const next = (await client.call("GET", `${path}&startAfter=${at}&startAfterId=${startAfterId}`, { version: "2021-07-28" })).body;
    expect(next.contacts.map(({ id }: { id: string }) => id)).toEqual([ids[3], ids[2]]);
  });

  test("an export of messages", async () => {
    await client.call("PUT", `/contacts/${ids[0]}`, { body: { phone: "+12025550199" } });
    for (let count = 0; count < 22; count += 1) {
      const body = {
        type: "SMS",
        contactId: ids[0],
        message: `${count}`,
        ...(count === 12 && { scheduledTimestamp: Math.floor(client.emulator.clock.now() / 1000) + 86_400 }),
      };
      const { status } = await client.call("POST", "/conversations/messages", { body });
      expect(status).toBeLessThan(300);
      client.emulator.clock.advance(1000);
    }
    const path = `/conversations/messages/export?locationId=${locationId}&limit=10&channel=SMS`;
    const first = (await client.call("GET", path)).body;
    const last = first.messages.at(-1);
    expect(last).toMatchObject({ body: "12", status: "scheduled" });
    await client.call("DELETE", `/conversations/messages/${last.id}/schedule`);
    const next = (await client.call("GET", `${path}&cursor=${first.nextCursor}`)).body;
    expect(next.messages[0].body).toBe("11");
    expect((await client.call("GET", `${path}&cursor=e30`)).status).toBe(400);
  });
});
