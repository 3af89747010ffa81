import { describe, expect, expectTypeOf, it } from "vitest";
import { ghlError } from "@ghlkit/core";
import { createManualClock } from "@ghlkit/core/testing";
import { createMemoryStorage, type Journal } from "@ghlkit/storage";
import { createSteps, StepGivenUp, type StepsEvent, type StepsOptions } from "../../src/steps/index.ts";

interface Lead {
  readonly email: string;
}

const lead: Lead = { email: "ada@example.com" };
const refused = () => ghlError("validation", "The phone is invalid.", { fields: [] } as never);
const lost = () => ghlError("network", "The answer was lost.", { sent: true });

function setUp(options: Partial<StepsOptions> = {}) {
  const clock = createManualClock();
  const { journal } = createMemoryStorage({ clock });
  const calls: string[] = [];
  const note = <Result>(name: string, result: Result) => {
    calls.push(name);
    return Promise.resolve(result);
  };
  const steps = () => createSteps<Lead>({ name: "lead-form", journal, clock, leaseMs: 9_000, ...options });
  return { clock, journal, calls, note, steps };
}

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const list: Item[] = [];
  for await (const item of items) list.push(item);
  return list;
}

/** A journal that fails from the given call of `finish` on, as that of a process that was killed: what it had started stays started. */
function dyingJournal(journal: Journal, atFinish: number): Journal {
  let finishes = 0;
  return {
    ...journal,
    finish: (...args) => (++finishes >= atFinish ? new Promise(() => {}) : journal.finish(...args)),
  };
}

describe("createSteps", () => {
  it("runs each step once, hands results on, and gives the first outcome ever after", async () => {
    const { steps, calls, note } = setUp();
    const intake = steps()
      .step("contact", ({ input }) => note("contact", { id: `c-${input.email}` }))
      .step("tag", ({ results }) => note(`tag ${results.contact.id}`, 1));
    const first = await intake.run("form-1", lead);
    expect(first).toEqual({ outcome: "done", how: "now", results: { contact: { id: "c-ada@example.com" }, tag: 1 }, skipped: [] });
    expect(await intake.run("form-1", { email: "another@example.com" })).toEqual({ ...first, how: "before" });
    expect(calls).toEqual(["contact", "tag c-ada@example.com"]);
  });

  it("carries out another id by itself", async () => {
    const { steps, calls, note } = setUp();
    const intake = steps().step("contact", () => note("contact", 1));
    await intake.run("form-1", lead);
    await intake.run("form-2", lead);
    expect(calls).toEqual(["contact", "contact"]);
  });

  it("goes on behind the last finished step after an outage", async () => {
    const { clock, steps, calls, note } = setUp();
    let isDown = true;
    const intake = steps()
      .step("contact", () => note("contact", 1))
      .step("tag", () => (isDown ? Promise.reject(ghlError("circuit_open", "down", { retryAfterMs: 1 } as never)) : note("tag", 2)));
    await expect(intake.run("form-1", lead)).rejects.toMatchObject({ code: "circuit_open" });
    isDown = false;
    await clock.advance(2);
    expect(await intake.run("form-1", lead)).toMatchObject({ outcome: "done", results: { contact: 1, tag: 2 } });
    expect(calls).toEqual(["contact", "tag"]);
  });

  it("gives up on a step that was refused for good, keeps the reason, and runs none behind it", async () => {
    const { steps, calls, note } = setUp();
    let isRefused = true;
    const intake = steps()
      .step("contact", () => (isRefused ? Promise.reject(refused()) : note("contact", 1)))
      .step("tag", () => note("tag", 2));
    const outcome = await intake.run("form-1", lead);
    expect(outcome).toEqual({ outcome: "gave_up", step: "contact", reason: "validation: The phone is invalid.", results: {} });
    isRefused = false;
    expect(await intake.run("form-1", lead)).toEqual(outcome);
    expect(calls).toEqual([]);
  });

  it("goes on without an optional step, and lists it", async () => {
    const { steps, note } = setUp();
    const intake = steps()
      .step("sms", () => Promise.reject(new StepGivenUp("no consent")), { isOptional: true })
      .step("tag", ({ results }) => note("tag", "sms" in results));
    expect(await intake.run("form-1", lead)).toEqual({
      outcome: "done",
      how: "now",
      results: { tag: false },
      skipped: [{ step: "sms", reason: "no consent" }],
    });
  });

  it("does not repeat a step whose answer was lost, and asks its probe", async () => {
    const { clock, steps, calls } = setUp();
    let isVisible = false;
    const intake = steps().step(
      "message",
      (): Promise<string> => {
        calls.push("message");
        return Promise.reject(lost());
      },
      { probe: () => Promise.resolve(isVisible ? { happened: true, result: "m-1" } : undefined) },
    );
    expect(await intake.run("form-1", lead)).toMatchObject({ outcome: "unknown", step: "message" });
    isVisible = true;
    await clock.advance(2);
    expect(await intake.run("form-1", lead)).toMatchObject({ outcome: "done", results: { message: "m-1" } });
    expect(calls).toEqual(["message"]);
  });

  it("repeats a repeatable step whose answer was lost", async () => {
    const { clock, steps, note } = setUp();
    let isLost = true;
    const intake = steps().step("tag", () => (isLost ? Promise.reject(lost()) : note("tag", 2)), { isRepeatable: true });
    await expect(intake.run("form-1", lead)).rejects.toMatchObject({ code: "network" });
    isLost = false;
    await clock.advance(2);
    expect(await intake.run("form-1", lead)).toMatchObject({ outcome: "done" });
  });

  it("is carried out by one process at a time, and taken over when that one died", async () => {
    const { journal, clock, calls, note } = setUp();
    const define = (store: Journal) =>
      createSteps<Lead>({ name: "lead-form", journal: store, clock, leaseMs: 9_000 })
        .step("contact", () => note("contact", 1), { isRepeatable: true })
        .step("tag", () => note("tag", 2), { isRepeatable: true });
    // The second finish is that of the first step: its work is done and not noted. Its process renews no lease any more.
    const dying = dyingJournal({ ...journal, extend: () => new Promise(() => {}) }, 2);
    void define(dying).run("form-1", lead);
    while (calls.length === 0) await Promise.resolve();
    expect(await define(journal).run("form-1", lead)).toMatchObject({ outcome: "in_progress" });
    await clock.advance(9_001);
    expect(await define(journal).run("form-1", lead)).toMatchObject({ outcome: "done" });
    expect(calls).toEqual(["contact", "contact", "tag"]);
  });

  it("resumes what was accepted and has not come to its end, and nothing else", async () => {
    const { steps, journal, clock, note } = setUp();
    await journal.start("something:else", { leaseMs: 1 });
    let isDown = true;
    const intake = steps().step("contact", ({ input }) => (isDown ? Promise.reject(new Error("down")) : note("contact", input.email)), {
      isRepeatable: true,
    });
    await intake.accept("form-1", { email: "one@example.com" });
    await intake.accept("form-2", { email: "two@example.com" });
    await clock.advance(2);
    const failed = await all(intake.resume());
    expect(failed.map(({ id, outcome }) => [id, outcome])).toEqual([
      ["form-1", "failed"],
      ["form-2", "failed"],
    ]);
    isDown = false;
    await clock.advance(9_001);
    const resumed = await all(intake.resume());
    expect(resumed).toMatchObject([
      { id: "form-1", outcome: "done", results: { contact: "one@example.com" } },
      { id: "form-2", outcome: "done", results: { contact: "two@example.com" } },
    ]);
    expect(await all(intake.resume())).toEqual([]);
  });

  it("resumes behind many other unfinished entries of the journal", async () => {
    const { steps, journal, clock, note } = setUp();
    for (let other = 0; other < 200; other += 1) await journal.start(`other:${other}`, { leaseMs: 1 });
    await clock.advance(10);
    const intake = steps().step("contact", () => note("contact", 1));
    await intake.accept("form-1", lead);
    await clock.advance(2);
    expect(await all(intake.resume({ limit: 5 }))).toMatchObject([{ id: "form-1", outcome: "done" }]);
  });

  it("keeps runs apart whose ids look like steps, and resumes them under their ids", async () => {
    const { steps, clock, calls, note } = setUp();
    const intake = steps().step("tag", ({ input }) => note(`tag ${input.email}`, 1));
    await intake.run("form", { email: "one" });
    expect(await intake.run("form/tag", { email: "two" })).toMatchObject({ outcome: "done" });
    await intake.accept("50%2F/", { email: "three" });
    await clock.advance(2);
    expect(await all(intake.resume())).toMatchObject([{ id: "50%2F/", outcome: "done" }]);
    expect(calls).toEqual(["tag one", "tag two", "tag three"]);
    await expect(intake.run("", lead)).rejects.toThrow(/not be empty/);
    await expect(intake.run(undefined as unknown as string, lead)).rejects.toThrow(/not be empty/);
  });

  it("takes a run up though a process died, or is, between the two writes of its input", async () => {
    const { journal, clock, note } = setUp();
    const define = (store: Journal) =>
      createSteps<Lead>({ name: "lead-form", journal: store, clock }).step("contact", ({ input }) => note("contact", input.email));
    void define(dyingJournal(journal, 1)).accept("form-1", lead);
    await clock.advance(2);
    await define(journal).accept("form-1", { email: "again@example.com" });
    await clock.advance(2);
    expect(await define(journal).run("form-1", lead)).toMatchObject({ outcome: "done", results: { contact: "again@example.com" } });
  });

  it("reports each step, and survives a listener that throws", async () => {
    const events: StepsEvent[] = [];
    const { steps, note } = setUp({ onEvent: (event) => void events.push(event) });
    const intake = steps()
      .step("contact", () => note("contact", 1))
      .step("sms", () => Promise.reject(new StepGivenUp("no consent")), { isOptional: true });
    await intake.run("form-1", lead);
    await intake.run("form-1", lead);
    expect(events).toEqual([
      { type: "step", id: "form-1", step: "contact", index: 1, of: 2, how: "now" },
      { type: "step", id: "form-1", step: "sms", index: 2, of: 2, how: "gave_up" },
    ]);
  });

  it("refuses names that cannot be keys", () => {
    const { steps } = setUp();
    expect(() => createSteps({ name: "a/b", journal: createMemoryStorage().journal })).toThrow(/no "\/"/);
    expect(() => createSteps({ name: "a:b", journal: createMemoryStorage().journal })).toThrow(/no ":"/);
    expect(() => steps().step("", () => Promise.resolve(1))).toThrow(/1 to 60 characters/);
    const taken = steps().step("contact", () => Promise.resolve(1));
    // @ts-expect-error the name is taken
    expect(() => taken.step("contact", () => Promise.resolve(2))).toThrow(/already/);
  });

  it("has the results of the steps before in its types", () => {
    const { steps } = setUp();
    const intake = steps()
      .step("contact", () => Promise.resolve({ id: "c" }))
      .step("sms", () => Promise.resolve(7), { isOptional: true })
      .step("end", ({ input, results }) => {
        expectTypeOf(input).toEqualTypeOf<Lead>();
        expectTypeOf(results.contact).toEqualTypeOf<{ id: string }>();
        expectTypeOf(results.sms).toEqualTypeOf<number | undefined>();
        // @ts-expect-error no such step
        void results.missing;
        return Promise.resolve(true);
      });
    type Outcome = Awaited<ReturnType<typeof intake.run>>;
    expectTypeOf<Outcome["outcome"]>().toEqualTypeOf<"done" | "gave_up" | "unknown" | "in_progress">();
  });
});
