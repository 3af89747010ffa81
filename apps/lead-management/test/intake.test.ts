import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openLocalPlatform, type LocalPlatform } from "@ghlkit/app-kit/server";
import { openPerson, type Person } from "@ghlkit/app-kit/story";
import { createLeapClock, type LeapClock } from "@ghlkit/app-kit/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Submitted } from "../src/handlers/submit-lead.ts";
import { startLeads, type Leads } from "../src/server.ts";

describe("the four steps of a form", () => {
  let platform: LocalPlatform;
  let clock: LeapClock;
  let folder: string;
  let leads: Leads;
  let staff: Person;
  beforeAll(async () => {
    clock = createLeapClock();
    platform = await openLocalPlatform({ enforceBurstLimit: false, clock });
    folder = await mkdtemp(join(tmpdir(), "ghlkit-leads-"));
    leads = await startLeads({ ...(await platform.environment("private")), PORT: "0", DATA_FOLDER: folder }, clock);
    staff = await openPerson(leads.served.url, leads.served.link(platform.emulator.seed.locationId));
  });
  afterAll(async () => {
    await leads.served.close();
    await platform.close();
    await rm(folder, { recursive: true, force: true });
  });

  const form = { firstName: "Ada", email: "ada@example.com", phone: "(202) 555-0143", interest: "Solar", smsConsent: "yes" };
  const send = (values: object, key = crypto.randomUUID()): Promise<Submitted> => staff.send<Submitted>("/leads", values, key);
  /** How many there are of a person: contacts, deals, text messages, workflows. */
  function countsOf(email: string): readonly number[] {
    const {
      contacts = [],
      opportunities = [],
      messages = [],
    } = platform.emulator.snapshot() as unknown as Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;
    const own = contacts.filter((contact) => contact["email"] === email);
    const ofPerson = (one: Readonly<Record<string, unknown>>): boolean => own.some(({ id }) => id === one["contactId"]);
    const sent = messages.filter((message) => ofPerson(message) && message["direction"] === "outbound");
    return [
      own.length,
      opportunities.filter(ofPerson).length,
      sent.length,
      own.flatMap((one) => one["activeWorkflows"] as string[]).length,
    ];
  }

  it("are done once, and all of them, when each loses its answer", async () => {
    const { faults } = platform.emulator;
    faults.add({ operation: "contacts.create", kind: "lost-answer", afterEffect: true, times: 1 });
    faults.add({ operation: "opportunities.create", kind: "lost-answer", afterEffect: true, times: 1 });
    faults.add({ operation: "conversations.sendMessage", kind: "lost-answer", times: 1 });
    // What was made just now is in no list yet.
    faults.add({ operation: "*", kind: "replication-lag", lagMs: 10_000 });
    const key = crypto.randomUUID();
    for (let tries = 0; tries < 20 && (await send(form, key)).outcome === "waiting"; tries += 1) await clock.leap(15_000);
    expect(
      faults
        .list()
        .slice(0, 3)
        .map(({ hits }) => hits),
    ).toEqual([1, 1, 1]);
    faults.clear();
    expect(countsOf("ada@example.com")).toEqual([1, 1, 1, 1]);
  });

  it("answer a person who was there already once for a new deal, though its answer is lost, and their name is not known", async () => {
    const { faults, seed } = platform.emulator;
    const email = "kay@example.com";
    await leads.backend.location(seed.locationId).contacts.create({ body: { email, phone: "+12025550145" } });
    await clock.leap(600_000);
    faults.add({ operation: "opportunities.create", kind: "lost-answer", afterEffect: true, times: 1 });
    const values = { ...form, firstName: "", email, phone: "(202) 555-0145" };
    const key = crypto.randomUUID();
    for (let tries = 0; tries < 20 && (await send(values, key)).outcome === "waiting"; tries += 1) await clock.leap(15_000);
    expect(faults.list().map(({ hits }) => hits)).toEqual([1]);
    faults.clear();
    for (let tries = 0; tries < 20 && (await send(values)).outcome === "waiting"; tries += 1) await clock.leap(15_000);
    expect(countsOf(email)).toEqual([1, 1, 1, 0]);
  });

  it("are done once for a person who sends two forms at the same moment", async () => {
    const two = [
      { ...form, firstName: "Bob", email: "bob@example.com", phone: "(202) 555-0144" },
      { ...form, firstName: "bob", email: "BOB@example.com", phone: "+12025550144" },
    ];
    const keys = two.map(() => crypto.randomUUID());
    for (let tries = 0; tries < 20; tries += 1) {
      const outcomes = await Promise.all(two.map((values, at) => send(values, keys[at])));
      if (outcomes.every(({ outcome }) => outcome !== "waiting")) break;
      await clock.leap(15_000);
    }
    expect(countsOf("bob@example.com")).toEqual([1, 1, 1, 1]);
  });
});
