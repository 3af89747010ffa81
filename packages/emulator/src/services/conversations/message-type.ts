/** The string forms of the platform, in the order of their numbers, which start at 1. */
const numbered = [
  "TYPE_CALL",
  "TYPE_SMS",
  "TYPE_EMAIL",
  "TYPE_SMS_REVIEW_REQUEST",
  "TYPE_WEBCHAT",
  "TYPE_SMS_NO_SHOW_REQUEST",
  "TYPE_CAMPAIGN_SMS",
  "TYPE_CAMPAIGN_CALL",
  "TYPE_CAMPAIGN_EMAIL",
  "TYPE_CAMPAIGN_VOICEMAIL",
  "TYPE_FACEBOOK",
  "TYPE_CAMPAIGN_FACEBOOK",
  "TYPE_CAMPAIGN_MANUAL_CALL",
  "TYPE_CAMPAIGN_MANUAL_SMS",
  "TYPE_GMB",
  "TYPE_CAMPAIGN_GMB",
  "TYPE_REVIEW",
  "TYPE_INSTAGRAM",
  "TYPE_WHATSAPP",
  "TYPE_CUSTOM_SMS",
  "TYPE_CUSTOM_EMAIL",
  "TYPE_CUSTOM_PROVIDER_SMS",
  "TYPE_CUSTOM_PROVIDER_EMAIL",
  "TYPE_IVR_CALL",
  "TYPE_ACTIVITY_CONTACT",
  "TYPE_ACTIVITY_INVOICE",
  "TYPE_ACTIVITY_PAYMENT",
  "TYPE_ACTIVITY_OPPORTUNITY",
  "TYPE_LIVE_CHAT",
  "TYPE_LIVE_CHAT_INFO_MESSAGE",
  "TYPE_ACTIVITY_APPOINTMENT",
  "TYPE_FACEBOOK_COMMENT",
  "TYPE_INSTAGRAM_COMMENT",
  "TYPE_CUSTOM_CALL",
  "TYPE_INTERNAL_COMMENT",
  "TYPE_ACTIVITY_EMPLOYEE_ACTION_LOG",
  "TYPE_TIKTOK",
  "TYPE_TIKTOK_COMMENT",
  "TYPE_ACTIVITY_WHATSAPP",
  "TYPE_FORM_SUBMISSION",
  "TYPE_SMS_REACTION",
  "TYPE_RCS",
];

/** A short name of requests, such as `SMS`, with its string form and the do-not-disturb channel that can close it. */
interface MessageKind {
  readonly messageType: string;
  readonly channel?: "call" | "email" | "sms" | "whatsApp" | "gmb" | "fb";
}

const kinds: Readonly<Record<string, MessageKind>> = {
  SMS: { messageType: "TYPE_SMS", channel: "sms" },
  RCS: { messageType: "TYPE_RCS", channel: "sms" },
  Email: { messageType: "TYPE_EMAIL", channel: "email" },
  WhatsApp: { messageType: "TYPE_WHATSAPP", channel: "whatsApp" },
  GMB: { messageType: "TYPE_GMB", channel: "gmb" },
  IG: { messageType: "TYPE_INSTAGRAM" },
  FB: { messageType: "TYPE_FACEBOOK", channel: "fb" },
  Custom: { messageType: "TYPE_CUSTOM_SMS" },
  WebChat: { messageType: "TYPE_WEBCHAT" },
  Live_Chat: { messageType: "TYPE_LIVE_CHAT" },
  Call: { messageType: "TYPE_CALL", channel: "call" },
  IVR_Call: { messageType: "TYPE_IVR_CALL", channel: "call" },
  Campaign_Call: { messageType: "TYPE_CAMPAIGN_CALL", channel: "call" },
  Campaign_VoiceMail: { messageType: "TYPE_CAMPAIGN_VOICEMAIL", channel: "call" },
  TIKTOK: { messageType: "TYPE_TIKTOK" },
  ALL_IN_ONE_CHAT: { messageType: "TYPE_LIVE_CHAT" },
  FORM_SUBMISSION: { messageType: "TYPE_FORM_SUBMISSION" },
};

/** What a request's `type` stands for. */
export function messageKind(type: string): MessageKind {
  return kinds[type] ?? { messageType: "TYPE_CUSTOM_SMS" };
}

/** Whether a request's `type` is a call. */
export function isCall(type: string): boolean {
  return kinds[type]?.channel === "call";
}

/** The number of a string form. The documents show numbers only in examples; the order is that of their list. */
export function messageTypeNumber(messageType: string): number {
  return numbered.indexOf(messageType) + 1;
}

const exportChannels: Readonly<Record<string, string>> = {
  Call: "TYPE_CALL",
  SMS: "TYPE_SMS",
  Email: "TYPE_EMAIL",
  WhatsApp: "TYPE_WHATSAPP",
  Instagram: "TYPE_INSTAGRAM",
  Facebook: "TYPE_FACEBOOK",
};

/** String form of an export channel. */
export function exportChannel(channel: string): string | undefined {
  return exportChannels[channel];
}
