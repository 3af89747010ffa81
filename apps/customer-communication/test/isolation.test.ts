import { openPerson, type Person } from "@ghlkit/app-kit/story";
import { openTwoLocations, type TwoLocations } from "@ghlkit/app-kit/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { OpenThread, ThreadRow } from "../src/inbox.ts";
import { createOutbox } from "../src/outbox.ts";
import { startInbox, type InboxApp } from "../src/server.ts";

interface State {
  readonly threads: readonly ThreadRow[];
}

describe("an inbox of two locations", () => {
  let world: TwoLocations<InboxApp>;
  let one: Person;
  let other: Person;
  let contactId: string;
  let id: string;
  beforeAll(async () => {
    world = await openTwoLocations(startInbox);
    const { served } = world.app;
    [one, other] = [await openPerson(world.url, served.link(world.ids[0])), await openPerson(world.url, served.link(world.ids[1]))];
    const person = { firstName: "Ada", phone: "+12025550143", email: "ada@example.com" };
    ({
      contact: { id: contactId },
    } = await world.call<{ contact: { id: string } }>(world.ids[0], "/contacts/", person));
    world.emulator.act.replyAs(contactId, "For location one alone", { channel: "sms" });
    const { threads } = await one.until<State>((state) => state.threads.some((row) => row.contactId === contactId));
    id = threads.find((row) => row.contactId === contactId)?.id ?? "";
  });
  afterAll(() => world.close());

  it("shows nothing of the other", async () => {
    expect((await other.state<State>()).threads).toEqual([]);
    await expect(other.send("/thread", { id })).rejects.toThrow("This thread is not here any more.");
    expect(await other.send("/older", { id, before: "9999" })).toMatchObject({ messages: [], hasOlder: false });
  });

  it("changes nothing of the other", async () => {
    await one.send("/send", { id, channel: "sms", text: "From one" });
    const { thread } = await one.send<{ readonly thread: OpenThread }>("/thread", { id });
    await expect(other.send("/send", { id, channel: "sms", text: "From the other" })).rejects.toThrow("This thread is not here any more.");
    await expect(other.send("/again", { id: thread.outgoing[0]?.id })).rejects.toThrow("This message did not fail.");
    await expect(other.send("/tags", { contactId, tag: "taken over" })).rejects.toThrow();
    await expect(other.send("/notes", { contactId, note: "Read by the other" })).rejects.toThrow();
    const { contacts = [], notes = [], messages = [] } = world.emulator.snapshot() as unknown as Record<string, Record<string, unknown>[]>;
    expect(contacts.find((contact) => contact["id"] === contactId)?.["tags"]).toEqual([]);
    expect(notes.filter((note) => note["contactId"] === contactId)).toEqual([]);
    expect(messages.filter((message) => message["body"] === "From the other")).toEqual([]);
  });

  it("takes one of several answers that agents who have seen the same send at the same moment", async () => {
    const { backend } = world.app;
    const { thread } = await one.send<{ readonly thread: OpenThread }>("/thread", { id });
    const seen = thread.outgoing.at(-1)?.at ?? "";
    // Time goes on, so that an answer is later than what was seen.
    await expect.poll(() => new Date(backend.clock.now()).toISOString() > seen).toBe(true);
    const outbox = createOutbox(backend);
    const message = { threadId: id, contactId, channel: "sms", text: "At once" } as const;
    const writes = ["a", "b", "c"].map((key) => outbox.write(world.ids[0], { ...message, id: `form:${key}` }, seen));
    const results = await Promise.allSettled(writes);
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const result of results)
      if (result.status === "rejected")
        expect(result.reason).toMatchObject({ message: expect.stringContaining("answered meanwhile") as string });
  });

  it("sends no page the events of the other", async () => {
    const { served } = world.app;
    const cookieOf = async (locationId: string): Promise<string> =>
      ((await fetch(served.link(locationId), { redirect: "manual" })).headers.get("set-cookie") ?? "").split(";")[0] ?? "";
    const [ofOne, ofOther] = [await cookieOf(world.ids[0]), await cookieOf(world.ids[1])];
    const boot = await fetch(world.url, { headers: { cookie: ofOne, accept: "application/json" } });
    const { events } = (await boot.json()) as { readonly events: string };
    const statusFor = async (cookie: string): Promise<number> => {
      const stop = new AbortController();
      const { status } = await fetch(`${world.url}${events}`, { headers: { cookie }, signal: stop.signal });
      stop.abort();
      return status;
    };
    expect(await statusFor(ofOne)).toBe(200);
    expect(await statusFor(ofOther)).toBe(401);
    expect(await statusFor("")).toBe(401);
  });
});
