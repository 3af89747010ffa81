import type { Clock } from "@ghlkit/core";
import {
  choiceIn,
  createApp,
  openBackend,
  perLocation,
  prepareDocuments,
  readSettings,
  Refusal,
  serveApp,
  textIn,
  type Backend,
  type Environment,
  type Served,
} from "@ghlkit/app-kit/server";
import { createOpportunities, type Opportunities } from "@ghlkit/crm/opportunities";
import { moveDeal, readDeals } from "./deals.ts";
import { addNote, addTag } from "./handlers/change-contact.ts";
import {
  readContact,
  readMessage,
  readMessages,
  readThread,
  readThreads,
  readThreadsOf,
  type OpenThread,
  type ThreadRow,
} from "./inbox.ts";
import { createOutbox, type Outbox } from "./outbox.ts";

export const scopes = [
  "contacts.readonly",
  "contacts.write",
  "conversations.readonly",
  "conversations.write",
  "conversations/message.readonly",
  "conversations/message.write",
  "locations.readonly",
  "opportunities.readonly",
  "opportunities.write",
];

/** A running application. */
export interface InboxApp {
  readonly served: Served;
  readonly backend: Backend;
}

/** An inbox for SMS and e-mail that follows HighLevel. */
export async function startInbox(env: Environment, clock?: Clock): Promise<InboxApp> {
  const backend = await openBackend(readSettings("inbox", env, 3002), {
    kinds: ["contacts", "conversations", "messages", "opportunities"],
    ...(clock !== undefined && { clock }),
    onChange: ({ locationId, kind, id }) => publishChange(backend, locationId, kind, id),
  });
  const outbox = createOutbox(backend);
  const app = createApp(backend, { title: "Inbox", scopes });
  await app.page("/", {
    title: "Inbox",
    script: new URL("page/inbox.tsx", import.meta.url),
    access: "staff",
    state: async ({ locationId }) => ({ threads: await readThreads(backend, locationId) }),
  });
  app.action(
    "/thread",
    "staff",
    async ({ session: { locationId }, body }) => ({
      thread: await openThread(backend, outbox, locationId, textIn(body, "id", { needed: true })),
    }),
    { isAmendable: true },
  );
  app.action(
    "/older",
    "staff",
    ({ session: { locationId }, body }) =>
      readMessages(backend, locationId, textIn(body, "id", { needed: true }), textIn(body, "before", { needed: true })),
    { isAmendable: true },
  );
  app.action("/send", "staff", async ({ session: { locationId }, body, key }) => {
    const thread = await readThread(backend, locationId, textIn(body, "id", { needed: true }));
    if (thread === undefined) throw new Refusal("This thread is not here any more.");
    const channel = choiceIn(body, "channel", ["sms", "email"]);
    const subject = textIn(body, "subject", { most: 200 });
    const text = textIn(body, "text", { needed: true, most: channel === "sms" ? 1600 : 100_000 });
    const outgoing = await outbox.write(
      locationId,
      {
        id: key,
        threadId: thread.id,
        contactId: thread.contactId,
        channel,
        text,
        ...(subject !== "" && { subject }),
      },
      textIn(body, "seen"),
    );
    return { events: [{ type: "outgoing", data: outgoing }] };
  });
  app.action("/again", "staff", async ({ session: { locationId }, body }) => ({
    events: [{ type: "outgoing", data: await outbox.again(locationId, textIn(body, "id", { needed: true })) }],
  }));
  const deals = perLocation<Opportunities>((locationId) => createOpportunities(backend.location(locationId), { clock: backend.clock }));
  app.action("/stage", "staff", (action) => moveDeal(deals(action.session.locationId), action));
  app.action("/tags", "staff", (action) => addTag(backend, action));
  app.action("/notes", "staff", (action) => addNote(backend, action));
  await prepareDocuments(backend);
  const served = await serveApp(app, backend);
  await outbox.resume();
  backend.every(15_000, outbox.resume);
  return { served, backend };
}

async function openThread(backend: Backend, outbox: Outbox, locationId: string, id: string): Promise<OpenThread> {
  const row = await readThread(backend, locationId, id);
  if (row === undefined) throw new Refusal("This thread is not here any more.");
  const [page, outgoing, contact, deals] = await Promise.all([
    readMessages(backend, locationId, id),
    outbox.list(locationId, id),
    readContact(backend, locationId, row.contactId),
    readDeals(backend, locationId, row.contactId),
  ]);
  if (row.unread > 0) void markAsRead(backend, locationId, row);
  return { row: { ...row, unread: 0 }, ...page, outgoing, deals, ...contact };
}

/** In HighLevel, and in the lists of colleagues. It is no reason not to show the thread. */
async function markAsRead({ location, channel }: Backend, locationId: string, row: ThreadRow): Promise<void> {
  try {
    await location(locationId).conversations.update({ conversationId: row.id, body: { locationId, unreadCount: 0 } });
    channel.publish(locationId, { type: "threads", data: { upsert: [{ ...row, unread: 0 }] } });
  } catch (error) {
    console.error(error);
  }
}

async function publishChange(backend: Backend, locationId: string, kind: string, id: string): Promise<void> {
  const { channel } = backend;
  if (kind === "messages") {
    const message = await readMessage(backend, locationId, id);
    if (message === undefined) return;
    channel.publish(locationId, { type: "message", data: message });
    const thread = await readThread(backend, locationId, message.threadId);
    if (thread !== undefined) channel.publish(locationId, { type: "threads", data: { upsert: [thread] } });
  } else if (kind === "conversations") {
    const thread = await readThread(backend, locationId, id);
    channel.publish(locationId, { type: "threads", data: thread === undefined ? { remove: [id] } : { upsert: [thread] } });
  } else if (kind === "opportunities") {
    const [row] = await backend.copy.all("select contact_id from $s.ghl_opportunities where location_id = ?1 and id = ?2", [
      locationId,
      id,
    ]);
    if (row === undefined) {
      channel.publish(locationId, { type: "deal_gone", data: { id } });
      return;
    }
    const contactId = String(row["contact_id"]);
    channel.publish(locationId, { type: "deals", data: { contactId, deals: await readDeals(backend, locationId, contactId) } });
  } else {
    channel.publish(locationId, { type: "contact", data: { id, ...(await readContact(backend, locationId, id)) } });
    const threads = await readThreadsOf(backend, locationId, id);
    if (threads.length > 0) channel.publish(locationId, { type: "threads", data: { upsert: threads } });
  }
}
