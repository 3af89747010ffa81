// Conversations of a location
export { createConversations, type Conversations, type ConversationsOptions } from "./create-conversations.ts";
export type { ConversationsClient } from "./conversations-client.ts";

// Messages
export type { EmailMessage, OutgoingMessage, TextChannel, TextMessage } from "./outgoing-message.ts";
export type { SendResult } from "./send-result.ts";
export type { DeliveryOptions, DeliveryResult } from "./watch-delivery.ts";

// Threads and calls
export type { Thread, ThreadQuery } from "./thread.ts";
export type { CallSentence, LogCallResult, LoggedCall } from "./call-record.ts";
