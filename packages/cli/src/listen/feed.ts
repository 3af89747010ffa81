import type { WebhookEvent, WebhookNotice } from "@ghlkit/webhooks";
import { printable } from "../printable.ts";

/** One thing that happened. Each is a line of the feed. */
export interface FeedEntry {
  /**
   * `listening`, `earlier` (arrived before), `new`, `duplicate`, `refused`, `event` (kept, shown), `forwarded`, `failed` (tried
   * again), `dead` (given up), `gap` (no receiver was running), `trouble` (the inbox fails), `recovered`.
   */
  readonly kind: string;
  readonly type?: string;
  readonly id?: string;
  readonly entity?: string;
  readonly resource?: string;
  readonly detail?: string;
}

/** Takes entries as they come. */
export type Feed = (entry: FeedEntry, at?: number) => void;

/** A feed of lines: JSON, or in columns. */
export function createFeed(write: (text: string) => void, json: boolean): Feed {
  return (entry, at = Date.now()) => write(`${json ? JSON.stringify({ at: new Date(at).toISOString(), ...entry }) : textOf(entry, at)}\n`);
}

function textOf({ kind, type = "", entity, resource, id, detail }: FeedEntry, at: number): string {
  const time = new Date(at).toISOString().slice(0, 19).replace("T", " ");
  const rest = [type.padEnd(type === "" ? 0 : 24), entity, resource, id, detail].filter((part) => part !== undefined && part !== "");
  return printable(`${time}  ${kind.padEnd(10)} ${rest.join("  ")}`);
}

/** The part of a line that describes an event. */
export function entryOf(event: Pick<WebhookEvent, "type" | "id" | "entity" | "resource">): Omit<FeedEntry, "kind"> {
  const { type, id, entity, resource } = event;
  return { type, id, entity, ...(resource !== undefined && { resource: resource.id }) };
}

/** The entry of a notice; `undefined` for one that other entries cover. */
export function entryOfNotice(notice: WebhookNotice, isForwarding: boolean): FeedEntry | undefined {
  switch (notice.type) {
    case "received":
      // Without forwarding the event itself is the line.
      if (notice.outcome === "new" && !isForwarding) return undefined;
      return { kind: notice.outcome, type: notice.event, id: notice.id };
    case "rejected":
      return { kind: "refused", detail: `${notice.reason}: ${notice.message}` };
    case "handler_failed":
      return { kind: "failed", type: notice.event, id: notice.id, detail: `${said(notice.error)} Again in ${(notice.retryInMs / 1000).toFixed(1)} s.` }; // prettier-ignore
    case "dead":
      return {
        kind: "dead",
        type: notice.event,
        id: notice.id,
        detail: `${said(notice.error)} Given up: ghlkit webhooks replay ${notice.id}`,
      };
    case "handler_overdue":
      return { kind: "trouble", type: notice.event, id: notice.id, detail: `Not ended after ${notice.runningMs / 1000} s: ${notice.entity} waits.` }; // prettier-ignore
    case "worker_blocked":
      return { kind: "trouble", detail: `${notice.overdue} handlers have not ended in time, and no more events are handled: restart.` };
    case "close_gave_up":
      return { kind: "trouble", detail: `${notice.overdue} handlers still run: end the process.` };
    case "gap_found":
      return gapEntry(notice);
    case "source_failed":
      return { kind: "trouble", detail: `A delivery cannot be judged, and the platform was asked to send it again: ${said(notice.error)}` };
    case "filter_failed":
      return {
        kind: "trouble",
        id: notice.id,
        detail: `The filter fails, and the platform was asked to send again: ${said(notice.error)}`,
      };
    case "inbox_failed":
    case "worker_failed":
    case "heartbeat_failed":
    case "prune_failed":
      return { kind: "trouble", detail: `The inbox fails: ${said(notice.error)}` };
    case "inbox_recovered":
    case "worker_recovered":
    case "worker_unblocked":
    case "heartbeat_recovered":
    case "prune_recovered":
      return { kind: "recovered" };
    case "claim_lost":
      return { kind: "trouble", type: notice.event, id: notice.id, detail: "Another process works on this inbox and took it over." };
    case "handled":
    case "ignored":
    case "pruned":
      return undefined;
    default:
      // The compiler says which notice is missing here.
      return notice satisfies never;
  }
}

export function gapEntry({ from, to }: { readonly from: number; readonly to: number }): FeedEntry {
  const between = `${new Date(from).toISOString()} to ${new Date(to).toISOString()}`;
  return { kind: "gap", detail: `No receiver was running ${between}: the platform may retry what it sent then.` };
}

function said(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
