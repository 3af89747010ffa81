import { beforeEach, describe, expect, test } from "vitest";
import { createTestClient, type TestClient } from "../test-client.ts";

let client: TestClient;
beforeEach(() => (client = createTestClient({ clock: { now: () => Date.UTC(2026, 0, 1) } })));

const names = (records: readonly { readonly name: string }[]): readonly string[] => records.map(({ name }) => name);

async function createProducts(count: number): Promise<void> {
  const { locationId } = client.emulator.seed;
  for (let index = 1; index <= count; index += 1) {
    await client.call("POST", "/products/", {
      body: { locationId, name: `Item ${index}`, productType: index % 2 === 0 ? "DIGITAL" : "PHYSICAL" },
    });
  }
}

async function products(
  query: string,
): Promise<{ readonly names: readonly string[]; readonly total: number; readonly ignored: string | null }> {
  const { locationId } = client.emulator.seed;
  const { body, headers } = await client.call("GET", `/products/?locationId=${locationId}&${query}`);
  return { names: names(body.products), total: body.total[0].total, ignored: headers.get("x-emulator-ignored") };
}

describe("lists of resources", () => {
  test("page and end", async () => {
    await createProducts(5);
    expect((await products("limit=3&offset=0")).total).toBe(7);
    expect((await products("limit=3&offset=6")).names).toEqual(["Item 5"]);
    expect((await products("limit=3&offset=9")).names).toEqual([]);
  });

  test("search, filter by property and by id", async () => {
    await createProducts(3);
    expect((await products("search=item%202")).names).toEqual(["Item 2"]);
    expect((await products("search=nothing")).names).toEqual([]);
    const { locationId } = client.emulator.seed;
    const { body } = await client.call("GET", `/products/?locationId=${locationId}&limit=100`);
    const { _id: id } = body.products.at(-1);
    expect((await products(`productIds=${id}`)).names).toEqual(["Item 3"]);
  });

  test("a cursor that names nothing is the end", async () => {
    const { body } = await client.call("GET", "/conversation-ai/agents/search?limit=1&startAfter=gone");
    expect(body.agents).toEqual([]);
  });
});

test("a replica that lags shows a record later", async () => {
  const { emulator } = client;
  emulator.faults.add({ operation: "products.list", kind: "replication-lag", resource: "products", lagMs: 2000 });
  await createProducts(1);
  expect((await products("search=item")).names).toEqual([]);
  emulator.clock.advance(2001);
  expect((await products("search=item")).names).toEqual(["Item 1"]);
});

test("records below a record go with it", async () => {
  const { locationId } = client.emulator.seed;
  const zone = await client.call("POST", "/store/shipping-zone", {
    body: { altId: locationId, altType: "location", name: "Zone", countries: [{ code: "US" }] },
  });
  const id = zone.body.data._id as string;
  const tenant = `altId=${locationId}&altType=location`;
  const rate = {
    altId: locationId,
    altType: "location",
    name: "Rate",
    currency: "USD",
    amount: 5,
    conditionType: "none",
    minCondition: 0,
    maxCondition: 0,
    shippingCarrierId: "x",
  };
  const made = await client.call("POST", `/store/shipping-zone/${id}/shipping-rate`, { body: rate });
  const path = `/store/shipping-zone/${id}/shipping-rate/${made.body.data._id as string}?${tenant}`;
  expect((await client.call("GET", path)).status).toBe(200);
  expect((await client.call("DELETE", `/store/shipping-zone/${id}?${tenant}`)).status).toBe(200);
  expect((await client.call("GET", path)).status).toBe(404);
});

test("a body that is a list makes a record of each element", async () => {
  const { calendarId } = client.emulator.seed;
  const entry = { receiverType: "contact", channel: "email", notificationType: "booked" };
  const { body } = await client.call("POST", `/calendars/${calendarId}/notifications`, { body: [entry, { ...entry, channel: "sms" }] });
  expect(body.map(({ channel }: { channel: string }) => channel)).toEqual(["email", "sms"]);
  const read = await client.call("GET", `/calendars/${calendarId}/notifications/${body[1]._id as string}`);
  expect(read.body.channel).toBe("sms");
});
