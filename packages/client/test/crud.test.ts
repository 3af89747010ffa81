import { createEmulator } from "@ghlkit/emulator";
import { isGhlError } from "@ghlkit/core";
import { beforeEach, describe, expect, it } from "vitest";
import { privateIntegration } from "@ghlkit/auth";
import { createClient, type LocationClient } from "../src/index.ts";

const emulator = createEmulator({ enforceBurstLimit: false });
const { locationId, pipelineId, stageIds, tokens } = emulator.seed;
const connect = (token: string, location: string): LocationClient =>
  createClient({
    baseUrl: "http://127.0.0.1",
    credentials: privateIntegration({ token, location }),
    fetch: (url, init) => emulator.fetch(new Request(url, init)),
  }).location(location);
const client = connect(tokens.location, locationId);

beforeEach(() => emulator.reset());

/** A kind of record by what can be done to it: create gives the id, read shows the value that update changes. */
interface Records {
  readonly create: () => Promise<string>;
  readonly read: (id: string) => Promise<unknown>;
  readonly update: (id: string, value: string) => Promise<unknown>;
  readonly remove: (id: string) => Promise<unknown>;
  readonly list: () => Promise<readonly unknown[]>;
}

async function contactId(): Promise<string> {
  const { contact } = await client.contacts.create({ body: { firstName: "Ada", email: "ada@example.com" } });
  return contact.id;
}

const cases: Readonly<Record<string, () => Promise<Records>>> = {
  contacts: async () => ({
    create: contactId,
    read: async (id) => (await client.contacts.get({ contactId: id })).contact.firstName,
    update: (id, firstName) => client.contacts.update({ contactId: id, body: { firstName } }),
    remove: (id) => client.contacts.delete({ contactId: id }),
    list: async () => (await client.contacts.search({ body: { pageLimit: 10 } })).contacts.map(({ id }) => id),
  }),
  "contact notes": async () => {
    const owner = await contactId();
    return {
      create: async () => (await client.contacts.createNote({ contactId: owner, body: { body: "first" } })).note?.id as string,
      read: async (id) => (await client.contacts.getNote({ contactId: owner, id })).note?.body,
      update: (id, body) => client.contacts.updateNote({ contactId: owner, id, body: { body } }),
      remove: (id) => client.contacts.deleteNote({ contactId: owner, id }),
      list: async () => (await client.contacts.listNotes({ contactId: owner })).notes?.map(({ id }) => id) ?? [],
    };
  },
  "contact tasks": async () => {
    const owner = await contactId();
    return {
      create: async () =>
        (
          await client.contacts.createTask({
            contactId: owner,
            body: { title: "first", dueDate: "2026-12-01T10:00:00Z", completed: false },
          })
        ).task?.id as string,
      read: async (taskId) => (await client.contacts.getTask({ contactId: owner, taskId })).task?.title,
      update: (taskId, title) => client.contacts.updateTask({ contactId: owner, taskId, body: { title } }),
      remove: (taskId) => client.contacts.deleteTask({ contactId: owner, taskId }),
      list: async () => (await client.contacts.listTasks({ contactId: owner })).tasks?.map(({ id }) => id) ?? [],
    };
  },
  opportunities: async () => {
    const owner = await contactId();
    return {
      create: async () =>
        (
          await client.opportunities.create({
            body: { pipelineId, pipelineStageId: stageIds[0] as string, name: "first", status: "open", contactId: owner },
          })
        ).opportunity.id,
      read: async (id) => (await client.opportunities.get({ id })).opportunity.name,
      update: (id, name) => client.opportunities.update({ id, body: { name } }),
      remove: (id) => client.opportunities.delete({ id }),
      list: async () => (await client.opportunities.search()).opportunities.map(({ id }) => id),
    };
  },
  "location tags": async () => ({
    create: async () => (await client.locations.createTag({ body: { name: "first" } })).tag.id as string,
    read: async (tagId) => (await client.locations.getTag({ tagId })).tag.name,
    update: (tagId, name) => client.locations.updateTag({ tagId, body: { name } }),
    remove: (tagId) => client.locations.deleteTag({ tagId }),
    list: async () => (await client.locations.listTags()).tags.map(({ id }) => id),
  }),
  "custom fields": async () => ({
    create: async () =>
      (await client.locations.createCustomField({ body: { name: "First", dataType: "TEXT", model: "contact" } })).customField?.id as string,
    read: async (id) => (await client.locations.getCustomField({ id })).customField.name,
    update: (id, name) => client.locations.updateCustomField({ id, body: { name } }),
    remove: (id) => client.locations.deleteCustomField({ id }),
    list: async () => (await client.locations.listCustomFields()).customFields.map(({ id }) => id),
  }),
  "custom values": async () => ({
    create: async () => (await client.locations.createCustomValue({ body: { name: "first", value: "v" } })).customValue.id as string,
    read: async (id) => (await client.locations.getCustomValue({ id })).customValue.name,
    update: (id, name) => client.locations.updateCustomValue({ id, body: { name, value: "v" } }),
    remove: (id) => client.locations.deleteCustomValue({ id }),
    list: async () => (await client.locations.listCustomValues()).customValues.map(({ id }) => id),
  }),
};

describe.each(Object.entries(cases))("%s", (_, prepare) => {
  it("are created, read, listed, changed and removed", async () => {
    const records = await prepare();
    const id = await records.create();
    expect(id).toMatch(/\w{8}/);
    expect(String(await records.read(id)).toLowerCase()).toMatch(/first|ada/);
    expect(await records.list()).toContain(id);
    await records.update(id, "second value");
    expect(await records.read(id)).toBe("second value");
    await records.remove(id);
    expect(await records.list()).not.toContain(id);
    const error = await records.read(id).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(isGhlError(error) && error.code).toMatch(/not_found|bad_request/);
  });
});

describe("what hangs on a contact", () => {
  it("tags are added, never replaced, and removed", async () => {
    const id = await contactId();
    await client.contacts.addTags({ contactId: id, body: { tags: ["One", "two"] } });
    await client.contacts.addTags({ contactId: id, body: { tags: ["three"] } });
    await client.contacts.removeTags({ contactId: id, body: { tags: ["two"] } });
    expect((await client.contacts.get({ contactId: id })).contact.tags?.toSorted()).toEqual(["one", "three"]);
  });

  it("a message opens the conversation of its contact, and is found in it", async () => {
    const { contact } = await client.contacts.create({ body: { firstName: "Ada", phone: "+12025550100" } });
    const sent = await client.conversations.sendMessage({ body: { type: "SMS", contactId: contact.id, message: "Hello ü" } });
    const found = await client.conversations.search({ contactId: contact.id });
    expect(found.conversations.map(({ id }) => id)).toEqual([sent.conversationId]);
    const messages = [];
    for await (const message of client.conversations.listMessages({ conversationId: sent.conversationId })) messages.push(message.body);
    expect(messages).toEqual(["Hello ü"]);
  });
});

describe("walking real lists", () => {
  it("every contact comes once, over pages, past a resume", async () => {
    const ids = [];
    for (let index = 0; index < 23; index += 1)
      ids.push((await client.contacts.create({ body: { firstName: `n${index}`, email: `n${index}@example.com` } })).contact.id);
    const found: string[] = [];
    for await (const contact of client.contacts.search({ body: { pageLimit: 5 } })) found.push(contact.id);
    expect(found.toSorted()).toEqual(ids.toSorted());

    const list = { body: { pageLimit: 5 } };
    const parts: string[] = [];
    let resume: string | undefined;
    do {
      for await (const page of client.contacts.search(list, resume === undefined ? {} : { resume }).pages()) {
        parts.push(...page.items.map(({ id }) => id));
        resume = page.resume;
        break;
      }
    } while (resume !== undefined);
    expect(parts.toSorted()).toEqual(ids.toSorted());
  });

  it("contacts past the 10,000 that pages reach", async () => {
    const count = 10_050;
    for (let index = 0; index < count; index += 1) {
      await client.contacts.create({ body: { firstName: `n${index}`, email: `n${index}@example.com` } });
    }
    const found = new Set<string>();
    let pages = 0;
    for await (const page of client.contacts.search({ body: { pageLimit: 500 } }).pages()) {
      pages += 1;
      for (const { id } of page.items) found.add(id);
    }
    expect(found.size).toBe(count);
    expect(pages).toBeGreaterThan(20);
    // What a program that counts pages runs into.
    await expect(client.contacts.search({ body: { pageLimit: 500, page: 21 } })).rejects.toMatchObject({
      code: expect.stringMatching(/bad_request|validation/) as string,
    });
  }, 300_000);

  it("opportunities by keyset, conversations by sort value", async () => {
    for (let index = 0; index < 7; index += 1) {
      const { contact } = await client.contacts.create({ body: { firstName: `n${index}`, phone: `+1202555010${index}` } });
      await client.opportunities.create({
        body: { pipelineId, pipelineStageId: stageIds[0] as string, name: `o${index}`, status: "open", contactId: contact.id },
      });
      await client.conversations.sendMessage({ body: { type: "SMS", contactId: contact.id, message: "hi" } });
      // The platform pages conversations by the time of their last message alone: two of one millisecond are one to it.
      emulator.clock.advance(1);
    }
    const names: string[] = [];
    for await (const one of client.opportunities.search({ limit: 2 })) names.push(one.name);
    expect(names.toSorted()).toEqual(["o0", "o1", "o2", "o3", "o4", "o5", "o6"]);
    const conversations: unknown[] = [];
    for await (const one of client.conversations.search({ limit: 3 })) conversations.push(one.id);
    expect(new Set(conversations).size).toBe(7);
    expect(conversations).toHaveLength(7);
  });
});
