import type { ConversationSchema, GetMessageResponse } from "@ghlkit/contract/types/conversations";
import type { ConversationsClient } from "./conversations-client.ts";

/** Which threads. */
export interface ThreadQuery {
  /** @default all contacts */
  readonly contactId?: string;
  /** @default "all" */
  readonly show?: "all" | "unread" | "starred";
  /** Text to look for. */
  readonly query?: string;
  /** Id of a user. */
  readonly assignedTo?: string;
  /** Ends it: the error is `aborted`. */
  readonly signal?: AbortSignal;
}

/** A thread: there is one per contact. */
export interface Thread {
  readonly id: string;
  readonly contactId: string;
  /** Name of the contact, as far as there is one. */
  readonly name: string | undefined;
  readonly unread: number;
  readonly starred: boolean;
  /** ISO 8601, UTC: when the newest message was written. */
  readonly lastAt: string;
  readonly lastText: string | undefined;
  readonly lastDirection: "inbound" | "outbound" | undefined;
}

/** Threads, those with the newest messages first, each once: the platform's pages repeat threads of the same moment. */
export async function* listThreads(
  { conversations }: ConversationsClient,
  { contactId, show = "all", query, assignedTo, signal }: ThreadQuery,
): AsyncGenerator<Thread, void, undefined> {
  const seen = new Set<string>();
  const filter = {
    ...(contactId !== undefined && { contactId }),
    ...(query !== undefined && { query }),
    ...(assignedTo !== undefined && { assignedTo }),
    ...(show !== "all" && { status: show }),
  };
  const order = { sortBy: "last_message_date", sort: "desc", limit: 100 } as const;
  for await (const found of conversations.search({ ...filter, ...order }, signal === undefined ? {} : { signal })) {
    if (!seen.has(found.id)) yield threadOf(found);
    seen.add(found.id);
  }
}

/** Messages of a thread, the newest first. */
export async function* listHistory(
  { conversations }: ConversationsClient,
  conversationId: string,
  { signal }: { readonly signal?: AbortSignal },
): AsyncGenerator<GetMessageResponse, void, undefined> {
  yield* conversations.listMessages({ conversationId, limit: 100 }, signal === undefined ? {} : { signal });
}

function threadOf(found: ConversationSchema): Thread {
  const { id, contactId, unreadCount, starred = false, lastMessageDate, lastMessageBody, lastMessageDirection } = found;
  return {
    id,
    contactId,
    name: found.fullName ?? found.contactName,
    unread: unreadCount,
    starred,
    lastAt: new Date(lastMessageDate).toISOString(),
    lastText: lastMessageBody,
    lastDirection: lastMessageDirection === "inbound" || lastMessageDirection === "outbound" ? lastMessageDirection : undefined,
  };
}
