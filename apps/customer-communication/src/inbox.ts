import type { Backend } from "@ghlkit/app-kit/server";
import type { Deal } from "./deals.ts";
import type { Channel, Outgoing } from "./outbox.ts";

/** A row of the list. Times are ISO 8601 in UTC. */
export interface ThreadRow {
  readonly id: string;
  readonly contactId: string;
  readonly person: string;
  readonly lastText: string;
  readonly lastAt: string;
  readonly unread: number;
}

/** A message of a thread. */
export interface MessageRow {
  readonly id: string;
  readonly direction: "inbound" | "outbound";
  readonly type: string;
  readonly text: string;
  readonly isHtml: boolean;
  readonly status: string;
  readonly at: string;
}

/** Whether a channel may be used, and why not. */
export interface ChannelState {
  readonly isOpen: boolean;
  readonly why?: string;
}

/** A thread that is open. */
export interface OpenThread {
  readonly row: ThreadRow;
  readonly messages: readonly MessageRow[];
  readonly hasOlder: boolean;
  readonly outgoing: readonly Outgoing[];
  readonly channels: Readonly<Record<Channel, ChannelState>>;
  readonly deals: readonly Deal[];
  readonly contact: { readonly email: string; readonly phone: string; readonly tags: readonly string[] };
}

type Row = Readonly<Record<string, unknown>>;
const text = (value: unknown): string => (typeof value === "string" ? value : "");
const json = (value: unknown): Row => (typeof value === "string" ? JSON.parse(value) : (value ?? {})) as Row;
const pageSize = 50;

const listed = `select v.id, v.contact_id, v.unread_count, v.last_message_ms, v.raw, c.first_name, c.last_name, c.email, c.phone,
  (select m.body from $s.ghl_messages m where m.location_id = v.location_id and m.conversation_id = v.id order by m.created_at desc limit 1) as last_text
  from $s.ghl_conversations v left join $s.ghl_contacts c on c.location_id = v.location_id and c.id = v.contact_id where v.location_id = ?1`;

/** Threads, those with the newest messages first. */
export async function readThreads({ copy }: Backend, locationId: string): Promise<readonly ThreadRow[]> {
  return (await copy.all(`${listed} order by v.last_message_ms desc limit 200`, [locationId])).map(threadRow);
}

export async function readThread({ copy }: Backend, locationId: string, id: string): Promise<ThreadRow | undefined> {
  const [row] = await copy.all(`${listed} and v.id = ?2`, [locationId, id]);
  return row && threadRow(row);
}

/** The threads of a contact: they show its name. */
export async function readThreadsOf({ copy }: Backend, locationId: string, contactId: string): Promise<readonly ThreadRow[]> {
  return (await copy.all(`${listed} and v.contact_id = ?2`, [locationId, contactId])).map(threadRow);
}

/** The newest messages of a thread, or those before one. */
export async function readMessages(
  { copy }: Backend,
  locationId: string,
  threadId: string,
  before = "9999",
): Promise<{ readonly messages: readonly MessageRow[]; readonly hasOlder: boolean }> {
  const rows = await copy.all(
    `select id, direction, type, body, status, created_at from $s.ghl_messages where location_id = ?1 and conversation_id = ?2 and created_at < ?3
     order by created_at desc limit ${pageSize + 1}`,
    [locationId, threadId, before],
  );
  return { messages: rows.slice(0, pageSize).map(messageRow).reverse(), hasOlder: rows.length > pageSize };
}

export async function readMessage(
  { copy }: Backend,
  locationId: string,
  id: string,
): Promise<(MessageRow & { readonly threadId: string }) | undefined> {
  const [row] = await copy.all("select * from $s.ghl_messages where location_id = ?1 and id = ?2", [locationId, id]);
  return row && { ...messageRow(row), threadId: text(row["conversation_id"]) };
}

/** What of a contact decides which channels are open. */
export async function readContact(
  backend: Backend,
  locationId: string,
  contactId: string,
): Promise<Pick<OpenThread, "channels" | "contact">> {
  const [row] = await backend.copy.all("select raw from $s.ghl_contacts where location_id = ?1 and id = ?2", [locationId, contactId]);
  const contact = json(row?.["raw"]);
  // Documents say `SMS`, what STOP sets is `sms`.
  const settings = Object.entries((contact["dndSettings"] ?? {}) as Readonly<Record<string, { readonly status?: string } | undefined>>);
  const [email, phone] = [text(contact["email"]), text(contact["phone"])];
  const since = text(contact["dateUpdated"]);
  const stateOf = (address: string, missing: string, setting: string): ChannelState => {
    if (address === "") return { isOpen: false, why: `There is no ${missing}.` };
    if (
      contact["dnd"] === true ||
      settings.some(([name, value]) => name.toLowerCase() === setting.toLowerCase() && /^(active|permanent)$/.test(value?.status ?? ""))
    )
      return {
        isOpen: false,
        why: `Does not want ${setting === "SMS" ? "text messages" : "e-mail"}${since === "" ? "" : ` since ${since.slice(0, 10)}`}.`,
      };
    return { isOpen: true };
  };
  return {
    channels: { sms: stateOf(phone, "phone number", "SMS"), email: stateOf(email, "e-mail address", "Email") },
    contact: { email, phone, tags: Array.isArray(contact["tags"]) ? (contact["tags"] as readonly string[]) : [] },
  };
}

function threadRow(row: Row): ThreadRow {
  const raw = json(row["raw"]);
  const name = [text(row["first_name"]), text(row["last_name"])].join(" ").trim();
  return {
    id: text(row["id"]),
    contactId: text(row["contact_id"]),
    person: name || text(raw["fullName"]) || text(row["email"]) || text(row["phone"]) || "Unknown",
    // The platform names it in lists alone.
    lastText: (text(row["last_text"]) || text(raw["lastMessageBody"]))
      .replaceAll(/<(script|style)\b.*?<\/\1>|<[^>]*>/gis, " ")
      .trim()
      .slice(0, 200),
    lastAt: new Date(Number(row["last_message_ms"] ?? 0)).toISOString(),
    unread: Number(row["unread_count"] ?? 0),
  };
}

function messageRow(row: Row): MessageRow {
  const [type, body] = [text(row["type"]), text(row["body"])];
  return {
    id: text(row["id"]),
    direction: row["direction"] === "inbound" ? "inbound" : "outbound",
    type,
    text: body,
    isHtml: /EMAIL/i.test(type) && /<[a-z!/]/i.test(body),
    status: text(row["status"]),
    at: text(row["created_at"]),
  };
}
