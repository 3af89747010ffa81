import type { EmulatorOptions } from "../../../src/index.ts";
import { createTestClient, type TestAnswer, type TestClient } from "../../test-client.ts";

/** A client that bills. */
export interface InvoiceClient extends TestClient {
  readonly tenant: { readonly altId: string; readonly altType: "location" };
  readonly create: (more?: object) => Promise<TestAnswer>;
  /** Creates and sends; the id. */
  readonly sent: (more?: object) => Promise<string>;
  readonly act: (id: string, action: string, body?: object) => Promise<TestAnswer>;
  readonly pay: (id: string, amount?: number, more?: object) => Promise<TestAnswer>;
  readonly read: (id: string) => Promise<TestAnswer["body"]>;
  /** Types of events so far; forgets them. */
  readonly events: () => Promise<readonly string[]>;
}

export const lines: readonly { readonly name: string; readonly qty: number; readonly amount: number; readonly currency: string }[] = [
  { name: "Check-up", qty: 2, amount: 40, currency: "USD" },
];
export const dates = { issueDate: "2026-01-01", dueDate: "2026-01-08" };
export const contactDetails = { id: "contact", name: "Ann", phoneNo: "+12025550123", email: "ann@example.com" };

export function createInvoiceClient(options: EmulatorOptions = {}): InvoiceClient {
  const seen: string[] = [];
  const deliver = async (request: Request): Promise<Response> => {
    seen.push(String(((await request.json()) as { readonly type?: string }).type));
    return new Response();
  };
  const client = createTestClient({ webhooks: { deliver }, ...options });
  client.emulator.webhooks.subscribe({ url: "https://app.example/webhooks" });
  const tenant = { altId: client.emulator.seed.locationId, altType: "location" as const };
  const act: InvoiceClient["act"] = (id, action, body = {}) =>
    client.call("POST", `/invoices/${id}/${action}`, { body: { ...tenant, ...body } });
  const create: InvoiceClient["create"] = (more = {}) => {
    const details = { businessDetails: { name: "Shop" }, currency: "USD", discount: { type: "percentage", value: 0 }, liveMode: true };
    const body = { ...tenant, name: "Bill", ...details, items: lines, contactDetails, ...dates, sentTo: { email: [] }, ...more };
    return client.call("POST", "/invoices/", { body });
  };
  return {
    ...client,
    tenant,
    create,
    act,
    async sent(more) {
      const { _id: id } = (await create(more)).body as { readonly _id: string };
      await act(id, "send", { userId: "user", action: "email", liveMode: true });
      return id;
    },
    pay: (id, amount, more = {}) => act(id, "record-payment", { mode: "cash", ...(amount !== undefined && { amount }), ...more }),
    read: async (id) => (await client.call("GET", `/invoices/${id}?altId=${tenant.altId}&altType=location`)).body,
    async events() {
      await client.emulator.webhooks.settle();
      return seen.splice(0);
    },
  };
}
