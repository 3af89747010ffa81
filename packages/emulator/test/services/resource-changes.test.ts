import { beforeEach, expect, test } from "vitest";
import { callEmulator, type TestAnswer } from "../test-client.ts";
import { createEndpoint, type Endpoint } from "../webhooks/endpoint.ts";

let endpoint: Endpoint;
let tenant: { readonly altId: string; readonly altType: "location" };
beforeEach(() => {
  endpoint = createEndpoint({ concurrency: 1 });
  tenant = { altId: endpoint.emulator.seed.locationId, altType: "location" };
});

const call = (method: string, path: string, body?: unknown): Promise<TestAnswer> =>
  callEmulator(endpoint.emulator, method, path, body === undefined ? {} : { body });

/** What was sent since the last time. */
async function news(): Promise<readonly (readonly [string, unknown])[]> {
  await endpoint.emulator.webhooks.settle();
  const received = endpoint.received.map(({ body }) => body as { readonly type: string; readonly _id?: string; readonly id?: string });
  endpoint.received.length = 0;
  return received.map(({ type, _id, id }) => [type, _id ?? id]);
}

test("products and prices; a price that goes with its product emits nothing", async () => {
  const { locationId } = endpoint.emulator.seed;
  const product = await call("POST", "/products/", { locationId, name: "Kit", productType: "PHYSICAL" });
  const productId = product.body._id as string;
  const price = await call("POST", `/products/${productId}/price`, {
    locationId,
    name: "One",
    type: "one_time",
    currency: "USD",
    amount: 5,
  });
  expect(await news()).toEqual([
    ["ProductCreate", productId],
    ["PriceCreate", price.body._id],
  ]);
  await call("PUT", `/products/${productId}`, { locationId, name: "Kit 2", productType: "PHYSICAL" });
  await call("DELETE", `/products/${productId}?locationId=${locationId}`);
  expect(await news()).toEqual([
    ["ProductUpdate", productId],
    ["ProductDelete", productId],
  ]);
});

test("an invoice from its creation to its payment", async () => {
  const contactDetails = { id: "contact", name: "Ann", phoneNo: "+12025550123", email: "ann@example.com" };
  const money = {
    currency: "USD",
    discount: { type: "percentage", value: 0 },
    items: [{ name: "Check-up", qty: 1, amount: 80, currency: "USD" }],
  };
  const rest = { businessDetails: { name: "Shop" }, liveMode: true, issueDate: "2026-01-01", sentTo: { email: ["ann@example.com"] } };
  const { body } = await call("POST", "/invoices/", { ...tenant, name: "Bill", contactDetails, ...money, ...rest });
  const id = body._id as string;
  await call("POST", `/invoices/${id}/send`, { ...tenant, userId: "user", action: "email", liveMode: true });
  await call("POST", `/invoices/${id}/record-payment`, { ...tenant, mode: "cash", notes: "", amount: 30 });
  await call("POST", `/invoices/${id}/record-payment`, { ...tenant, mode: "cash", notes: "" });
  expect(await news()).toEqual([
    ["InvoiceCreate", id],
    ["InvoiceSent", id],
    ["InvoicePartiallyPaid", id],
    ["InvoicePaid", id],
  ]);
});

test("records of custom objects, and relations", async () => {
  const { locationId } = endpoint.emulator.seed;
  const record = await call("POST", "/objects/custom_objects.pet/records", { locationId, properties: { name: "Bella" } });
  const id = record.body.record.id as string;
  const { body } = await call("GET", `/associations/?locationId=${locationId}&skip=0&limit=10`);
  const associationId = body.associations[0].id as string;
  const relation = await call("POST", "/associations/relations", {
    locationId,
    associationId,
    firstRecordId: "contact",
    secondRecordId: id,
  });
  await call("DELETE", `/objects/custom_objects.pet/records/${id}`);
  expect(await news()).toEqual([
    ["RecordCreate", id],
    ["RelationCreate", relation.body.id],
    ["RecordDelete", id],
  ]);
});

test("a knowledge base goes with its questions, which emit nothing", async () => {
  const { locationId } = endpoint.emulator.seed;
  const base = await call("POST", "/knowledge-bases/", { locationId, name: "Prices" });
  const knowledgeBaseId = base.body.data.id as string;
  await call("POST", "/knowledge-bases/faqs", { locationId, knowledgeBaseId, question: "How much?", answer: "80" });
  await news();
  await call("DELETE", `/knowledge-bases/${knowledgeBaseId}`);
  expect(await news()).toEqual([["KnowledgeBaseDelete", knowledgeBaseId]]);
});
