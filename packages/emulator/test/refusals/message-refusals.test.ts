import { beforeAll, describe, expect, test } from "vitest";
import { createTestClient, type CallOptions } from "../test-client.ts";
import { refusingAccount, textOf, type Case, type RefusingAccount } from "./refusal-case.ts";

const client = createTestClient({ clock: { now: () => Date.UTC(2026, 10, 30) } });
const { seed } = client.emulator;
const { locationId, tokens, conversationProviders: providers } = seed;

let account: RefusingAccount;
beforeAll(async () => {
  account = await refusingAccount(client);
});

const app: CallOptions = { token: tokens.appLocation };
const send = (fields: object, options: CallOptions = {}) => ["POST", "/conversations/messages", fields, options] as const;
const noContent = textOf(
  "There is no message or attachments for this message. Please add a message or upload an attachment(s).",
  "CONVERSATIONS_MSG_NO_CONTENT",
);
const mail = { type: "Email", html: "<p>Hi</p>", subject: "Hi" };

const messages: readonly Case[] = [
  ["an e-mail without HTML", send({ type: "Email", contactId: "$ann", subject: "s", message: "x" }), 422, noContent],
  ["a text message without text", send({ type: "SMS", contactId: "$ann" }), 422, noContent],
  [
    "a text message to no phone",
    send({ type: "SMS", contactId: "$bob", message: "x" }),
    400,
    textOf("Missing phone number", "CONVERSATIONS_MSG_NO_PHONE"),
  ],
  ["an e-mail to no address", send({ ...mail, contactId: "$phoneOnly" }), 400, { canonicalCode: "CONVERSATIONS_MSG_NO_EMAIL" }],
  [
    "a mailbox that cannot be",
    send({ ...mail, contactId: "$bounced" }),
    400,
    textOf("Unable to send e-mail, contact's e-mail is invalid", "CONVERSATIONS_MSG_INVALID_EMAIL"),
  ],
  [
    "an address of someone else, the case of letters included",
    send({ ...mail, contactId: "$ann", emailTo: "Ann@example.com" }),
    400,
    textOf("Cannot send message as emailTo is not under contact's primary or additional emails", "CONVERSATIONS_MSG_INVALID_EMAILTO"),
  ],
  [
    "do-not-disturb of text messages",
    send({ type: "SMS", contactId: "$silent", message: "x" }),
    400,
    textOf("Cannot send message as DND is active for SMS.", "CONVERSATIONS_MSG_DND_ACTIVE_SMS"),
  ],
  [
    "do-not-disturb of e-mails",
    send({ ...mail, contactId: "$silent" }),
    400,
    textOf("Cannot send message as DND is active for Email.", "CONVERSATIONS_MSG_DND_ACTIVE_EMAIL"),
  ],
  [
    "someone who replied STOP",
    send({ type: "SMS", contactId: "$stopped", message: "x" }),
    400,
    textOf("Cannot send message as +12025550104 has unsubscribed", "CONVERSATIONS_MSG_UNSUBSCRIBED_SMS"),
  ],
  [
    "a provider for another type",
    send({ ...mail, contactId: "$ann", conversationProviderId: providers.sms }, app),
    400,
    textOf("Incorrect conversationProviderId/type", "CONVERSATIONS_MSG_CONVERSATION_PROVIDER_MISMATCH"),
  ],
  [
    "the provider of another app",
    send({ type: "SMS", contactId: "$ann", message: "x", conversationProviderId: providers.foreign }, app),
    401,
    textOf(`You don't have access to the conversationProvider with id: ${providers.foreign}`, "CONVERSATIONS_MSG_PROVIDER_NO_ACCESS"),
  ],
  [
    "a provider, with a private token",
    send({ type: "SMS", contactId: "$ann", message: "x", conversationProviderId: providers.sms }),
    401,
    { canonicalCode: "CONVERSATIONS_MSG_PROVIDER_NO_ACCESS" },
  ],
  ["a type that is none", send({ type: "CUSTOM", contactId: "$ann", message: "x" }), 422, { statusCode: 422 }],
  ["a thread that is none", send({ ...mail, contactId: "$ann", threadId: "nowhere" }), 400, { statusCode: 400 }],
  ["an answer to no e-mail", send({ ...mail, contactId: "$ann", replyMessageId: "$native" }), 400, { statusCode: 400 }],
  [
    "a template error",
    send({ ...mail, contactId: "$ann", html: "Hello {{ first_name || 'you' }}" }),
    400,
    { message: expect.stringMatching(/^Parse error on line 1:/) as string },
  ],
  [
    "a schedule in milliseconds",
    send({ type: "SMS", contactId: "$ann", message: "x", scheduledTimestamp: Date.UTC(2027, 0, 1) }),
    422,
    { statusCode: 422 },
  ],
  [
    "a schedule that is none",
    ["DELETE", "/conversations/messages/$native/schedule"],
    400,
    { canonicalCode: "CONVERSATIONS_MSG_NOT_FOUND", message: expect.stringMatching(/^No message found with id: /) as string },
  ],
  ["a schedule of an e-mail that is none", ["DELETE", "/conversations/messages/email/nowhere/schedule"], 404, { statusCode: 404 }],
  [
    "a company's token",
    send({ type: "SMS", contactId: "$ann", message: "x" }, { token: tokens.appCompany }),
    401,
    textOf("This authClass type is not allowed to access this scope"),
  ],
  [
    "a contact that has its conversation",
    ["POST", "/conversations/", { locationId, contactId: "$ann" }],
    400,
    { canonicalCode: "CONVERSATIONS_CONVERSATION_ALREADY_EXISTS", conversationId: expect.any(String) as string },
  ],
];

const providerCalls: readonly Case[] = [
  [
    "a status by a private token",
    ["PUT", "/conversations/messages/$sms/status", { status: "delivered" }],
    401,
    { canonicalCode: "CONVERSATIONS_MSG_PROVIDER_NO_ACCESS" },
  ],
  [
    "a status of a message without a provider",
    ["PUT", "/conversations/messages/$native/status", { status: "delivered" }, app],
    401,
    { statusCode: 401 },
  ],
  [
    "a failure without an error",
    ["PUT", "/conversations/messages/$sms/status", { status: "failed" }, app],
    422,
    { message: ["error must be an object"] },
  ],
  ["a step back", ["PUT", "/conversations/messages/$delivered/status", { status: "pending" }, app], 400, { statusCode: 400 }],
  [
    "a call that names no provider",
    ["POST", "/conversations/messages/outbound", { type: "Call", conversationId: "$thread", call: { to: "+12025550101" } }, app],
    400,
    { canonicalCode: "CONVERSATIONS_MSG_PROVIDER_ID_REQUIRED" },
  ],
  [
    "a call to another number",
    [
      "POST",
      "/conversations/messages/outbound",
      {
        type: "Call",
        conversationId: "$thread",
        conversationProviderId: providers.call,
        call: { to: "+12025550199", status: "completed" },
      },
      app,
    ],
    400,
    { canonicalCode: "CONVERSATIONS_MSG_INVALID_PHONE" },
  ],
  [
    "a recording that is handed over",
    [
      "POST",
      "/conversations/messages/outbound",
      {
        type: "Call",
        conversationId: "$thread",
        conversationProviderId: providers.call,
        attachments: ["https://example.com/a.wav"],
        call: { to: "+12025550101", status: "completed" },
      },
      app,
    ],
    422,
    { message: ["Invalid recording URL"] },
  ],
  [
    "a channel of its own without provider",
    ["POST", "/conversations/messages/inbound", { type: "Custom", contactId: "$ann", message: "x" }, app],
    400,
    { canonicalCode: "CONVERSATIONS_MSG_PROVIDER_ID_REQUIRED" },
  ],
  [
    "a recording that there is not",
    ["GET", `/conversations/messages/$missed/locations/${locationId}/recording`],
    422,
    { message: ["Message does not have recording"] },
  ],
  [
    "a transcription that there is not",
    ["GET", `/conversations/locations/${locationId}/messages/$missed/transcription`],
    400,
    textOf("Transcription does not exist", "CONVERSATIONS_MSG_RECORDING_NOT_FOUND"),
  ],
  [
    "an export from milliseconds",
    ["GET", `/conversations/messages/export?locationId=${locationId}&startDate=1790000000000`],
    400,
    { canonicalCode: "CONVERSATIONS_MSG_INVALID_START_DATE_FORMAT" },
  ],
  [
    "an export of fewer than ten",
    ["GET", `/conversations/messages/export?locationId=${locationId}&limit=5`],
    422,
    { message: ["limit must not be less than 10"] },
  ],
];

describe.each([
  ["messages", messages],
  ["what providers and exports are refused", providerCalls],
])("%s", (_, cases) => {
  test.each(cases)("%s", async (_what, request, status, expected) => {
    const answer = await account.ask(request);
    expect(answer.body).toMatchObject(expected);
    expect(answer.status).toBe(status);
  });
});
