import { ghlError, isGhlError, monotonicNow, sleep, type GhlError } from "@ghlkit/core";
import { once } from "@ghlkit/resilience";
import type { UpdateMessageStatus } from "@ghlkit/contract/types/conversations";
import type { ProviderSettings } from "./provider-settings.ts";

/** What a carrier says about a message. */
export type DeliveryStatus =
  | { readonly status: "pending" | "delivered" | "read" }
  /** `reason` is shown to people in HighLevel. */
  | { readonly status: "failed"; readonly reason: string };

/** Which message a report is about: by HighLevel's id with its location, or by the carrier's id that `deliver` returned. */
export type ReportedMessage =
  | { readonly messageId: string; readonly locationId: string; readonly emailMessageId?: string }
  | { readonly carrierId: string };

/** What became of a report. */
export type StatusReport =
  | { readonly outcome: "reported" }
  /** What is known already is newer, or the end: nothing was sent. */
  | { readonly outcome: "older"; readonly than: string }
  /** The message is not known: not to this provider, or not to HighLevel within `lagMs`. A carrier that reports faster than `deliver` returns should report again. */
  | { readonly outcome: "not_found" };

/** Where a message is. */
export interface Target {
  readonly messageId: string;
  readonly locationId: string;
  readonly emailMessageId?: string;
}

const pausesMs = [1000, 2000, 5000, 10_000];

/** Reports a status, forward only, and waits until HighLevel knows the message. */
export async function reportStatus(message: ReportedMessage, status: DeliveryStatus, settings: ProviderSettings): Promise<StatusReport> {
  const target = await targetOf(message, settings);
  if (target === undefined) return { outcome: "not_found" };
  return settings.inTurn([target.messageId], () => reportInOrder(target, status, settings));
}

/** Key of the place of a message by the carrier's id. */
export function carrierKey(providerId: string, carrierId: string): string {
  return `provider-carrier:${providerId}:${carrierId}`;
}

async function targetOf(message: ReportedMessage, { journal, providerId }: ProviderSettings): Promise<Target | undefined> {
  if ("messageId" in message) return message;
  const entry = await journal.get(carrierKey(providerId, message.carrierId));
  return entry?.state === "finished" ? (entry.outcome as Target) : undefined;
}

async function reportInOrder(target: Target, status: DeliveryStatus, settings: ProviderSettings): Promise<StatusReport> {
  const { journal, providerId, clock } = settings;
  const key = (step: "end" | "read"): string => `provider-status:${providerId}:${target.messageId}:${step}`;
  const known = async (step: "end" | "read"): Promise<string | undefined> => {
    const entry = await journal.get(key(step));
    return entry?.state === "finished" ? String(entry.outcome) : undefined;
  };
  const send = (): Promise<"sent" | "older" | "not_found"> => sendWhenKnown(target, status, settings);
  const newest = (await known("read")) ?? (await known("end"));
  // After a failure nothing comes; a message that was read was delivered.
  if (newest !== undefined && !(newest === "delivered" && status.status === "read")) return { outcome: "older", than: newest };
  if (status.status === "pending") return resultOf(await send(), "delivered");
  const step = status.status === "read" ? "read" : "end";
  const report: { result: "sent" | "older" | "not_found" } = { result: "sent" };
  const write = async (): Promise<string> => {
    report.result = await send();
    if (report.result === "not_found") throw notKnown;
    return status.status;
  };
  try {
    // It may be sent again: the same status twice is no step back.
    const { result, done } = await once(key(step), write, { journal, clock, leaseMs: 1000, probe: async () => ({ happened: false }) });
    return done === "before" ? { outcome: "older", than: result } : resultOf(report.result, status.status);
  } catch (error) {
    if (error === notKnown) return { outcome: "not_found" };
    throw error;
  }
}

/** @throws GhlError for outages and authorisation. */
async function sendWhenKnown(target: Target, status: DeliveryStatus, settings: ProviderSettings): Promise<"sent" | "older" | "not_found"> {
  const { locationOf, lagMs, clock } = settings;
  const { conversations } = locationOf(target.locationId);
  const begin = monotonicNow(clock);
  for (let look = 0; ; look += 1) {
    try {
      await conversations.updateMessageStatus({ messageId: target.messageId, body: statusBody(target, status) });
      return "sent";
    } catch (error) {
      if (isStepBack(error)) return "older";
      if (!isUnknownYet(error)) throw error;
    }
    const pauseMs = pausesMs[Math.min(look, pausesMs.length - 1)] ?? 10_000;
    if (monotonicNow(clock) - begin + pauseMs > lagMs) return "not_found";
    await sleep(pauseMs, undefined, clock);
  }
}

function statusBody({ emailMessageId }: Target, status: DeliveryStatus): UpdateMessageStatus {
  return {
    status: status.status,
    ...(emailMessageId !== undefined && { emailMessageId }),
    // A text instead of an object is refused.
    ...(status.status === "failed" && { error: { code: "1", type: "carrier", message: status.reason } }),
  };
}

/** A message is not known everywhere for some seconds after it was posted; integrators have seen 400, 403 and 404. */
function isUnknownYet(error: unknown): boolean {
  return isGhlError(error, "not_found") || isGhlError(error, "resource_forbidden") || isGhlError(error, "bad_request");
}

function isStepBack(error: unknown): boolean {
  return isGhlError(error, "bad_request") && /status cannot be changed/i.test(error.message);
}

function resultOf(sent: "sent" | "older" | "not_found", than: string): StatusReport {
  return sent === "sent" ? { outcome: "reported" } : sent === "older" ? { outcome: "older", than } : { outcome: "not_found" };
}

/** Sent by no one, so that the journal gives the report up. */
const notKnown = unsent();

function unsent(): GhlError {
  return ghlError("invalid_request", "HighLevel does not know the message.", {});
}
