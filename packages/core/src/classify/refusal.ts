import { ghlError, type GhlError } from "../ghl-error.ts";
import type { FailedAnswer } from "./failed-answer.ts";

/**
 * Refusals that programs branch on, whatever their status: a record that exists already, a person who has opted out, a slot that is taken.
 * By the platform's code, or by its words where it sends none.
 */
export function refusal(answer: FailedAnswer): GhlError | undefined {
  if (answer.status < 400 || answer.status >= 500 || answer.status === 429) return undefined;
  return duplicate(answer) ?? optedOut(answer) ?? slotTaken(answer);
}

const duplicateCode = /(^|_)(NO_)?DUPLICATE(D|$|_)|_ALREADY_EXISTS?$/i;
const duplicateWords = /\bduplicated contacts\b|\bduplicate (contact|opportunity|relation|conversation)\b|\balready exists?\b/i;

/** Which record a refusal is about, by the platform's code, else by the operation. */
const idFields = [
  [/opportunit/i, "opportunityId"],
  [/conversation/i, "conversationId"],
  [/contact/i, "contactId"],
] as const;

/** A contact that is named beside is not what is in the way of an opportunity. */
function existingIdOf({ platform: { ids, code = "" }, context }: FailedAnswer): string | undefined {
  if (ids.existingId !== undefined) return ids.existingId;
  for (const about of [code, context.operation?.id ?? ""]) {
    const field = idFields.find(([words]) => words.test(about))?.[1];
    if (field !== undefined) return ids[field];
  }
  return ids.conversationId ?? ids.opportunityId ?? ids.contactId;
}

function duplicate(answer: FailedAnswer): GhlError | undefined {
  const { status, words, what, platform, origin } = answer;
  const { code = "", matchingField } = platform;
  const existingId = existingIdOf(answer);
  // A 422 lists fields: what it says of one is no record that is in the way.
  const saysSo = status !== 422 && duplicateWords.test(words);
  if (!duplicateCode.test(code) && !saysSo && matchingField === undefined) return undefined;
  const advice = existingId === undefined ? "The record exists already." : `Use the existing record ${existingId}.`;
  return ghlError("duplicate", `${what}. ${advice}`, { status, existingId, matchingField }, origin);
}

function optedOut({ status, words, what, platform, origin }: FailedAnswer): GhlError | undefined {
  const code = platform.code ?? "";
  const isDnd = /(^|_)DND_ACTIVE(_|$)/i.test(code) || /\bDND is active\b/i.test(words);
  const isUnsubscribed = /(^|_)UNSUBSCRIBED(_|$)/i.test(code) || /\b(has|is) unsubscribed\b|\bopted out\b/i.test(words);
  if (!isDnd && !isUnsubscribed) return undefined;
  const named = /(?:^|_)(?:DND_ACTIVE|UNSUBSCRIBED)_([A-Z]+)$/i.exec(code)?.[1] ?? /\bDND is active for (\w+)/i.exec(words)?.[1];
  const details = { status, reason: isDnd ? ("dnd" as const) : ("unsubscribed" as const), channel: named?.toLowerCase() };
  return ghlError("opted_out", `${what}. The contact does not want messages on this channel: do not send it again.`, details, origin);
}

function slotTaken({ status, words, what, origin }: FailedAnswer): GhlError | undefined {
  if (!/\bslot\b.*\bno longer available\b/i.test(words)) return undefined;
  return ghlError("slot_taken", `${what}. Ask for the free slots again and offer another one.`, { status }, origin);
}
