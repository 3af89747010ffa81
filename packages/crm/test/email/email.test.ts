import { createManualClock, runOnClock } from "@ghlkit/core/testing";
import { createEmulator } from "@ghlkit/emulator";
import { createMemoryStorage } from "@ghlkit/storage";
import { createGhl } from "ghlkit";
import { describe, expect, expectTypeOf, it } from "vitest";
import { watchedFetch } from "../emulator-under-way.ts";
import { createEmail, type CreateTemplateResult, type LocationEmail } from "../../src/email/index.ts";

function open() {
  const clock = createManualClock();
  const emulator = createEmulator({ clock });
  const { tokens, locationId } = emulator.seed;
  const { fetch, isBusy } = watchedFetch(emulator);
  const location = createGhl({ token: tokens.location, location: locationId, fetch, clock, retry: { maxAttempts: 1 } }).location(
    locationId,
  );
  const { journal } = createMemoryStorage({ clock });
  const email = createEmail(location, { journal, clock });
  const create = (key = "welcome"): Promise<CreateTemplateResult> =>
    runOnClock(clock, () => email.createTemplate({ key, name: "Welcome", subject: "Hello", html: "<p>Hello</p>" }), { isBusy });
  return { clock, emulator, location, email, create, named: () => named(email, "Welcome") };
}

async function named(email: LocationEmail, name: string): Promise<number> {
  let count = 0;
  for await (const template of email.templates({ search: name })) if (template.name === name) count += 1;
  return count;
}

describe("a template", () => {
  it("is made once per key, through a lost answer, and found in the list", async () => {
    const { emulator, create, named: count } = open();
    emulator.faults.add({ operation: "emails.createTemplate", kind: "lost-answer", times: 1, afterEffect: true });
    const first = await create();
    expect(first).toMatchObject({ outcome: "created", how: "found" });
    expect(await create()).toEqual({ ...first, how: "before" });
    expect(await count()).toBe(1);
  });

  it("is not made again until it is certain that the first was not", async () => {
    const { clock, emulator, create, named: count } = open();
    emulator.faults.add({ operation: "emails.createTemplate", kind: "lost-answer", times: 1, afterEffect: false });
    expect(await create()).toEqual({ outcome: "unknown", probeAfterMs: 60_000 });
    await clock.advance(60_000);
    expect(await create()).toMatchObject({ outcome: "created", how: "now" });
    expect(await count()).toBe(1);
  });

  it("has an address of its content, changes field by field, and may be gone", async () => {
    const { email, create } = open();
    const made = await create();
    const id = made.outcome === "created" ? made.templateId : "";
    expect(await email.preview(id)).toMatchObject({ name: "Welcome", contentUrl: expect.stringMatching(/^http/) });
    expect(await email.updateTemplate(id, { name: "Welcome back" })).toEqual({ outcome: "updated" });
    expect(await named(email, "Welcome back")).toBe(1);
    expect(await email.preview("0123456789abcdef01234567")).toBeUndefined();
    expect(await email.updateTemplate("0123456789abcdef01234567", { name: "x" })).toEqual({ outcome: "not_found" });
  });

  it("that is refused says why", async () => {
    const { emulator, create } = open();
    const body = { statusCode: 400, message: "The content cannot be read" };
    emulator.faults.add({ operation: "emails.createTemplate", kind: "error", status: 400, body, times: 1 });
    expect(await create()).toMatchObject({ outcome: "refused", error: { code: "bad_request" } });
  });

  it("has HTML or text, not both, and a switch over its outcome is exhaustive", () => {
    const read = (result: CreateTemplateResult): string => {
      switch (result.outcome) {
        case "created":
          return result.templateId;
        case "refused":
          return result.error.message;
        case "unknown":
          return String(result.probeAfterMs);
      }
    };
    expectTypeOf(read).returns.toEqualTypeOf<string>();
    const wrong = (email: LocationEmail): void => {
      // @ts-expect-error One of them.
      void email.createTemplate({ key: "k", name: "n", html: "x", text: "y" });
      // @ts-expect-error And not neither.
      void email.createTemplate({ key: "k", name: "n" });
    };
    expect(wrong).toBeTypeOf("function");
  });
});

describe("campaigns", () => {
  it("of all sources are listed, with their statistics", async () => {
    const { email } = open();
    const sources = new Set<string>();
    for await (const campaign of email.campaigns()) {
      sources.add(campaign.source);
      expect(Number((await email.statistics(campaign))?.sent ?? 0)).toBeGreaterThanOrEqual(0);
    }
    expect(sources.size).toBeGreaterThan(0);
    for await (const { source } of email.campaigns({ sources: ["workflow-campaigns"] })) expect(source).toBe("workflow-campaigns");
  });
});
