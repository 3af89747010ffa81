import { beforeEach, describe, expect, test } from "vitest";
import { createTestClient, type TestClient } from "../test-client.ts";

let client: TestClient;
beforeEach(() => (client = createTestClient({ clock: { now: () => Date.UTC(2026, 0, 1) } })));

async function createContact(firstName = "Ann"): Promise<string> {
  const { locationId } = client.emulator.seed;
  const answer = await client.call("POST", "/contacts/", { body: { locationId, firstName } });
  return answer.body.contact.id as string;
}

async function found(): Promise<readonly string[]> {
  const { locationId } = client.emulator.seed;
  const answer = await client.call("POST", "/contacts/search", { body: { locationId, pageLimit: 50, page: 1 } });
  return answer.body.contacts.map((contact: { firstName: string }) => contact.firstName) as string[];
}

describe("replication lag", () => {
  test("searches see creations, changes and deletions later, reads by id at once", async () => {
    const { emulator, call } = client;
    const before = await createContact("Before");
    emulator.faults.add({ operation: "*", kind: "replication-lag", resource: "contacts", lagMs: 2000 });
    const id = await createContact("New");
    await call("PUT", `/contacts/${before}`, { body: { firstName: "Changed" } });
    expect(await found()).toEqual(["Before"]);
    expect((await call("GET", `/contacts/${id}`)).body.contact.firstName).toBe("New");
    emulator.clock.advance(1999);
    expect(await found()).toEqual(["Before"]);
    emulator.clock.advance(1);
    expect([...(await found())].toSorted()).toEqual(["Changed", "New"]);
    await call("DELETE", `/contacts/${id}`);
    expect([...(await found())].toSorted()).toEqual(["Changed", "New"]);
    emulator.clock.advance(2000);
    expect(await found()).toEqual(["Changed"]);
    expect(emulator.faults.list()[0]?.hits).toBe(5);
  });

  test("of several changes none is seen before its time", async () => {
    const { emulator, call } = client;
    const id = await createContact("First");
    emulator.faults.add({ operation: "*", kind: "replication-lag", lagMs: 2000 });
    for (const firstName of ["Second", "Third"]) {
      await call("PUT", `/contacts/${id}`, { body: { firstName } });
      emulator.clock.advance(1000);
    }
    expect(await found()).toEqual(["Second"]);
    await call("DELETE", `/contacts/${id}`);
    expect(await found()).toEqual(["Second"]);
    emulator.clock.advance(1000);
    expect(await found()).toEqual(["Third"]);
    emulator.clock.advance(1000);
    expect(await found()).toEqual([]);
  });

  test("of another resource does not matter", async () => {
    client.emulator.faults.add({ operation: "*", kind: "replication-lag", resource: "opportunities", lagMs: 2000 });
    await createContact();
    expect(await found()).toEqual(["Ann"]);
  });

  test("an operation that is named lags, whatever it is: its writes hold", async () => {
    const { emulator, call } = client;
    emulator.faults.add({ operation: "conversations.sendMessage", kind: "replication-lag", resource: "contacts", lagMs: 4000 });
    const { locationId } = emulator.seed;
    const { body } = await call("POST", "/contacts/", { body: { locationId, firstName: "Ann", phone: "+12025550123" } });
    const send = () =>
      call("POST", "/conversations/messages", { body: { type: "SMS", contactId: body.contact.id, message: "Hi", status: "delivered" } });
    expect(await send()).toMatchObject({ status: 400, body: { code: "CONVERSATIONS_CONTACT_NOT_FOUND" } });
    emulator.clock.advance(4000);
    expect((await send()).status).toBe(200);
    expect((await call("GET", `/conversations/search?locationId=${locationId}`)).body.total).toBe(1);
  });

  test("ends with a reset", async () => {
    client.emulator.faults.add({ operation: "*", kind: "replication-lag", lagMs: 2000 });
    await createContact();
    client.emulator.reset();
    await createContact("After");
    expect(await found()).toEqual(["After"]);
  });
});
