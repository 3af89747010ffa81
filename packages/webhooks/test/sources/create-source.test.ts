import { createManualClock } from "@ghlkit/core/testing";
import { describe, expect, it, vi } from "vitest";
import { createMemoryInbox } from "@ghlkit/storage";
import { createSource, createWebhookReceiver, headerValues, reject, type SourceCheck, type SourceOptions } from "../../src/index.ts";

const body = JSON.stringify({ type: "ContactCreate", id: "c-1", locationId: "loc-1", timestamp: "2026-01-02T03:04:05.000Z" });
const headers = { "content-type": "application/json", "x-gateway": "opens sesame" };

const check: SourceOptions["check"] = ({ headers: given }) =>
  headerValues(given, "x-gateway")[0] === headers["x-gateway"] ? { valid: true } : reject("secret_wrong");

describe("createSource", () => {
  it("makes the event of what its check accepts", async () => {
    const verdict = await createSource({ name: "gateway", check }).verify({ body, headers });
    expect(verdict).toMatchObject({
      valid: true,
      event: { source: "gateway", type: "ContactCreate", entity: "contact:c-1", resource: { kind: "location", id: "loc-1" } },
    });
  });

  it("refuses with the reason of its check, before anything parses the body", async () => {
    const seen = vi.fn(check);
    const source = createSource({ name: "gateway", check: seen });
    expect(await source.verify({ body: "not JSON", headers: { ...headers, "x-gateway": "" } })).toMatchObject({ reason: "secret_wrong" });
    expect(await source.verify({ body: "not JSON", headers })).toMatchObject({ valid: false, reason: "not_json" });
    expect([...(seen.mock.calls[0]?.[0].bytes ?? [])]).toEqual([...new TextEncoder().encode("not JSON")]);
  });

  it("does not ask its check about what is no webhook: empty, too large, parsed, of another type", async () => {
    const seen = vi.fn(check);
    const source = createSource({ name: "gateway", check: seen, maxBodyBytes: 100 });
    const reasons: unknown[] = [];
    for (const odd of ["", "x".repeat(101), { parsed: true } as never])
      reasons.push(await source.verify({ body: odd, headers }).then((verdict) => !verdict.valid && verdict.reason));
    expect(reasons).toEqual(["body_empty", "body_too_large", "body_not_raw"]);
    expect(await source.verify({ body, headers: { ...headers, "content-type": "text/html" } })).toMatchObject({ reason: "content_type" });
    expect(seen).not.toHaveBeenCalled();
  });

  it.each([
    ["returns nothing", () => undefined as never],
    ["returns true", () => true as never],
    ["throws", (): SourceCheck => { throw new Error("the key is not loaded"); }], // prettier-ignore
  ])("fails closed when a check %s", async (_how, broken) => {
    const valid = (): SourceCheck => ({ valid: true });
    for (const options of [{ check: broken }, { check, checkEvent: broken }, { check: broken, checkEvent: valid }]) {
      const inbox = createMemoryInbox();
      const receiver = createWebhookReceiver({ source: createSource({ name: "gateway", ...options }), inbox });
      expect((await receiver.receive({ body, headers })).status).toBeGreaterThanOrEqual(400);
      expect((await inbox.query()).deliveries).toEqual([]);
    }
  });

  it("judges the event, too, and gives all of its events one type", async () => {
    const checkEvent = vi.fn<NonNullable<SourceOptions["checkEvent"]>>(() => reject("too_old"));
    const source = createSource({ name: "gateway", check, checkEvent, type: "WorkflowWebhook" });
    expect(await source.verify({ body, headers })).toMatchObject({ valid: false, reason: "too_old" });
    expect(checkEvent.mock.calls[0]?.[0]).toMatchObject({ type: "WorkflowWebhook", payload: { id: "c-1" } });
  });

  it("takes the same body for a new event after `repeatAfterMs`", async () => {
    const clock = createManualClock();
    const source = createSource({ name: "gateway", check, clock, repeatAfterMs: 1000 });
    const id = async (): Promise<string | undefined> => {
      const verdict = await source.verify({ body, headers });
      return verdict.valid ? verdict.event.id : undefined;
    };
    const first = await id();
    expect(await id()).toBe(first);
    await clock.advance(1000);
    expect(await id()).not.toBe(first);
  });

  it.each([{ name: "" }, { maxBodyBytes: 0 }, { maxDepth: 0 }, { repeatAfterMs: 0 }])("refuses %o", (wrong) => {
    expect(() => createSource({ name: "gateway", check, ...wrong })).toThrow(expect.objectContaining({ code: "invalid_request" }));
  });
});
