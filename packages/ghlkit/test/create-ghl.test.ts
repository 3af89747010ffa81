import { isGhlError, type CallEvent, type CallLog } from "@ghlkit/core";
import { createEmulator } from "@ghlkit/emulator";
import { describe, expect, it } from "vitest";
import { createMemoryStorage } from "@ghlkit/storage";
import { createGhl, until, withRateLimit, type GhlSettings } from "../src/index.ts";

const emulator = createEmulator();
const { locationId, companyId, tokens } = emulator.seed;

/** A ghl on the emulator in process, and how often it really called. */
function connect(settings: Partial<GhlSettings> = {}, answer?: (count: number) => Response | undefined) {
  emulator.reset();
  let sent = 0;
  const ghl = createGhl({
    token: tokens.location,
    location: locationId,
    baseUrl: "http://127.0.0.1",
    fetch: async (url, init) => {
      sent += 1;
      return answer?.(sent) ?? emulator.fetch(new Request(url, init));
    },
    ...settings,
  });
  return { ghl, sent: () => sent };
}

describe("createGhl", () => {
  it("goes through limit, retry and breaker, and tells what they did", async () => {
    const events: CallEvent[] = [];
    const { ghl, sent } = connect({ onEvent: (event) => events.push(event), retry: { baseDelayMs: 1 } }, (count) =>
      count === 1 ? new Response("", { status: 503 }) : undefined,
    );
    const { location } = await ghl.locations.get({ locationId });
    expect(location.id).toBe(locationId);
    expect(sent()).toBe(2);
    expect(events.map(({ type }) => type)).toEqual(expect.arrayContaining(["retrying", "recovered", "rate"]));
    expect(ghl.breaker.state("127.0.0.1")).toBe("closed");
    expect(ghl.limiter.inspectAll()).toHaveLength(1);
  });

  it("answers reference data from memory until told otherwise, and nothing else", async () => {
    const { ghl, sent } = connect();
    const location = ghl.location(locationId);
    await location.opportunities.listPipelines();
    await location.opportunities.listPipelines();
    expect(sent()).toBe(1);
    expect(ghl.cache?.invalidate()).toBe(1);
    await location.opportunities.listPipelines();
    await location.locations.get();
    await location.locations.get();
    expect(sent()).toBe(4);
    expect(connect({ cacheMs: false }).ghl.cache).toBeUndefined();
  });

  it("shows its own writes, and reads past what it remembers when told to", async () => {
    const { ghl, sent } = connect();
    const { locations } = ghl.location(locationId);
    const names = async (options?: { readonly fresh?: boolean }): Promise<string[]> =>
      (await locations.listTags({}, options)).tags.map(({ name }) => name ?? "");
    expect(await names()).not.toContain("night owl");
    const { tag } = await locations.createTag({ body: { name: "night owl" } });
    expect(await until(names, (all) => all.includes("night owl"), { withinMs: 0 })).toContain("night owl");
    await names();
    expect(sent()).toBe(3);
    // Somebody else's write.
    const byHand = { method: "DELETE", headers: { authorization: `Bearer ${tokens.location}`, version: "v3" } };
    const { status } = await emulator.fetch(new Request(`http://127.0.0.1/locations/${locationId}/tags/${tag.id}`, byHand));
    expect(status).toBe(200);
    expect(await names()).toContain("night owl");
    expect(await names({ fresh: true })).not.toContain("night owl");
    expect(await names()).not.toContain("night owl");
    expect(sent()).toBe(4);
  });

  it("lets identical reads share one call", async () => {
    const { ghl, sent } = connect();
    await Promise.all([1, 2, 3].map(() => ghl.locations.get({ locationId })));
    expect(sent()).toBe(1);
  });

  it("refuses limits that would have no effect, and takes a limiter as it is", async () => {
    const limiter = withRateLimit();
    expect(() => connect({ limiter, limits: { limit: 5 } })).toThrow(
      expect.objectContaining({ code: "invalid_request", message: expect.stringContaining("limits have no effect beside limiter") }),
    );
    let exchanges = 0;
    const { rates } = createMemoryStorage();
    const counted = new Proxy(rates, { get: (target, name) => ((exchanges += 1), Reflect.get(target, name) as unknown) });
    const { ghl } = connect({ limiter, storage: { rates: counted } });
    await ghl.locations.get({ locationId });
    expect([ghl.limiter === limiter, limiter.inspectAll().length, exchanges]).toEqual([true, 1, 0]);
    await connect({ storage: { rates: counted } }).ghl.locations.get({ locationId });
    expect(exchanges).toBeGreaterThan(0);
  });

  it("waits after a 429 as long as the window it was told of", async () => {
    const delays: number[] = [];
    const onEvent: GhlSettings["onEvent"] = (event) => {
      if (event.type === "retrying") delays.push(event.delayMs);
    };
    const refuseFirst = (count: number): Response | undefined => (count === 1 ? new Response("{}", { status: 429 }) : undefined);
    await connect({ limits: { windowMs: 20 }, onEvent }, refuseFirst).ghl.locations.get({ locationId });
    await connect({ limits: { windowMs: 20 }, retry: { windowMs: 10 }, onEvent }, refuseFirst).ghl.locations.get({ locationId });
    expect(delays).toEqual([20, 10]);
  });

  it("speaks both generations through one limiter", async () => {
    const { ghl } = connect();
    const { contact } = await ghl.location(locationId).contacts.create({ body: { firstName: "Ada", email: "ada@example.com" } });
    expect((await ghl.v2.contacts.get({ contactId: contact.id })).contact?.id).toBe(contact.id);
    const found = await until(
      () => Promise.resolve(ghl.location(locationId).contacts.search({ body: { pageLimit: 1 } })),
      ({ contacts }) => contacts.length === 1,
    );
    expect(found.total).toBe(1);
    expect(ghl.limiter.inspectAll()).toHaveLength(1);
  });

  it("works for an agency", async () => {
    emulator.reset();
    const ghl = createGhl({
      token: tokens.agency,
      company: companyId,
      baseUrl: "http://127.0.0.1",
      fetch: (url, init) => emulator.fetch(new Request(url, init)),
    });
    const { locations } = await ghl.company(companyId).locations.search({ limit: 5 });
    expect(locations.map(({ id }) => id)).toContain(locationId);
    const refused = await ghl.contacts.get({ contactId: "1" }).catch((error: unknown) => error);
    expect(isGhlError(refused, "token_kind")).toBe(true);
  });

  it("bounds the whole call", async () => {
    const { ghl } = connect({ totalMs: 30, fetch: () => new Promise(() => undefined) });
    // The fetch above pays no heed to its signal; the wait ends all the same.
    await expect(ghl.locations.get({ locationId })).rejects.toMatchObject({ code: "timeout", scope: "total" });
  });

  it("closes without cutting calls off", async () => {
    let release: (() => void) | undefined;
    const { ghl } = connect({
      fetch: async (url, init) => {
        await new Promise<void>((resolve) => (release = resolve));
        return emulator.fetch(new Request(url, init));
      },
    });
    const call = ghl.locations.get({ locationId });
    let closed = false;
    const closing = ghl.close().then(() => (closed = true));
    await expect(ghl.locations.get({ locationId })).rejects.toThrow("closed");
    expect(closed).toBe(false);
    release?.();
    expect((await call).location.id).toBe(locationId);
    await closing;
    expect(closed).toBe(true);
  });

  it("logs each call once, without the token", async () => {
    const lines: CallLog[] = [];
    const logger = { info: (fields: CallLog) => void lines.push(fields), warn: (fields: CallLog) => void lines.push(fields) };
    const { ghl } = connect({ logger });
    await ghl.locations.get({ locationId });
    expect(lines).toMatchObject([{ operation: "locations.get", status: 200, resource: locationId, attempts: 1 }]);
    expect(JSON.stringify(lines)).not.toContain(tokens.location);
  });
});
