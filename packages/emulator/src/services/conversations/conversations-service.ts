import type { Service } from "../service.ts";
import { conversationChanges, messageChanges } from "./conversation-changes.ts";
import { conversationSearchHandlers } from "./conversation-search.ts";
import { conversationHandlers } from "./conversations.ts";
import { exportHandlers } from "./export-messages.ts";
import { messageHandlers } from "./messages.ts";
import { providerMessageHandlers } from "./provider-messages.ts";
import { recordingHandlers } from "./recordings.ts";
import { followDelivery } from "./delivery-timeline.ts";
import { subscriptionHandlers, subtypeResource } from "./subscriptions.ts";
import { uploadHandlers } from "./uploads.ts";

/** Conversations and their messages. */
export const conversationsService: Service = {
  evidence: {
    "conversations.exportMessages": "inferred",
    "conversations.listMessages": "inferred",
    "conversations.addMessageAttachments": "inferred",
    "conversations.getMessageRecording": "reported",
    "conversations.downloadMessageTranscription": "inferred",
    "conversations.getUnsubscriptionStatus": "inferred",
    "conversations.changeUserSubscription": "inferred",
    "conversations.initiateUpload": "inferred",
    "conversations.completeUpload": "inferred",
  },
  handlers: {
    ...conversationHandlers,
    ...conversationSearchHandlers,
    ...messageHandlers,
    ...providerMessageHandlers,
    ...exportHandlers,
    ...recordingHandlers,
    ...uploadHandlers,
    ...subscriptionHandlers,
  },
  resources: [subtypeResource],
  changes({ contacts, conversations, messages }, publish) {
    messages.onChange((before, after) => publish(() => messageChanges(before, after, contacts.get(after?.contactId ?? ""))));
    conversations.onChange((before, after) => publish(() => conversationChanges(before, after)));
  },
  timers: followDelivery,
};
