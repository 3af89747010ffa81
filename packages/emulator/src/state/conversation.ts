import { createCollection, type Collection, type Stored } from "./collection.ts";

/** The one conversation of a contact. */
export interface Conversation extends Stored {
  readonly locationId: string;
  readonly contactId: string;
  readonly assignedTo?: string;
  readonly unreadCount: number;
  readonly starred: boolean;
  readonly feedback?: unknown;
  readonly lastMessageId?: string;
  readonly lastMessageBody: string;
  /** `TYPE_SMS` …; absent before the first message. */
  readonly lastMessageType?: string;
  readonly lastMessageDirection?: "inbound" | "outbound";
  /** Milliseconds since epoch: what searches page by. */
  readonly lastMessageAtMs: number;
  readonly dateAdded: string;
  readonly dateUpdated: string;
  /** Opened by a request of its own: messages of custom providers cannot name it. */
  readonly isBare?: boolean;
}

/** Conversations, found by id and by contact. */
export interface ConversationCollection extends Collection<Conversation> {
  /** The conversation of a contact, who has at most one. */
  readonly ofContact: (contactId: string) => Conversation | undefined;
}

export function createConversationCollection(): ConversationCollection {
  const conversations = createCollection<Conversation>((conversation) => conversation.locationId);
  const byContact = new Map<string, string>();
  return {
    ...conversations,
    put(conversation) {
      byContact.set(conversation.contactId, conversation.id);
      return conversations.put(conversation);
    },
    delete(id) {
      const conversation = conversations.get(id);
      if (conversation !== undefined) byContact.delete(conversation.contactId);
      return conversations.delete(id);
    },
    ofContact: (contactId) => conversations.get(byContact.get(contactId) ?? ""),
  };
}

export interface Message extends Stored {
  readonly locationId: string;
  readonly contactId: string;
  readonly conversationId: string;
  readonly direction: "inbound" | "outbound";
  /** `TYPE_SMS` … */
  readonly messageType: string;
  /** The number that stands for `messageType`. */
  readonly type: number;
  readonly status: string;
  /** Why it failed, in the platform's words. */
  readonly error?: string;
  readonly body: string;
  readonly contentType: string;
  readonly attachments: readonly string[];
  readonly source: string;
  readonly dateAdded: string;
  readonly dateUpdated: string;
  readonly userId?: string;
  readonly altId?: string;
  readonly conversationProviderId?: string;
  readonly scheduledAtMs?: number;
  readonly call?: Readonly<Record<string, unknown>>;
  /** The ends of the line: numbers or addresses. */
  readonly from?: string;
  readonly to?: string;
  /** How often it was handed to its provider again. */
  readonly retries?: number;
  /** What an entry is about that is no message, such as an appointment. */
  readonly activity?: Readonly<Record<string, unknown>>;
  /** Set for e-mails. */
  readonly email?: EmailPart;
}

export interface EmailPart {
  readonly id: string;
  readonly threadId: string;
  readonly subject: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly bcc: readonly string[];
  readonly replyToMessageId?: string;
}

/** Finds the message of an e-mail id, which is an id of its own. */
export interface EmailReference extends Stored {
  readonly messageId: string;
  readonly locationId: string;
}
