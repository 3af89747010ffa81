import type { StoredDelivery } from "@ghlkit/storage";
import { isoTime, printable } from "../printable.ts";
import type { Report } from "../report.ts";
import { compareBodies } from "./compare-bodies.ts";
import { bodyJson, deliveryJson } from "./shown-delivery.ts";
import { withInbox } from "./with-inbox.ts";

/** One delivery, or how the body of another differs from it. @throws Error when there is none of this id. */
export async function inspectDelivery(id: string, other: string | undefined, db: string): Promise<Report> {
  return withInbox(db, async (inbox) => {
    const find = async (wanted: string): Promise<StoredDelivery> => {
      const found = await inbox.get(wanted);
      if (found === undefined) throw new Error(`${db} has no delivery ${printable(wanted)}.`);
      return found;
    };
    const first = await find(id);
    return other === undefined ? describe(first) : compareBodies(first, await find(other));
  });
}

function describe(delivery: StoredDelivery): Report {
  const body = bodyJson(delivery);
  const json = { ...deliveryJson(delivery), body };
  return { ok: true, json, text: printable(`${envelope(delivery)}\n\n${headers(delivery)}\n\n${bodyText(delivery, body)}`) };
}

function envelope(delivery: StoredDelivery): string {
  const { id, type, source, synthetic, resource, entity, state, attempts, duplicates, error, finishedAt } = delivery;
  const rows: readonly (readonly [string, string | undefined])[] = [
    ["id", id],
    ["type", type],
    ["source", synthetic ? `${source}, made by gap repair` : `${source}, verified when it came in`],
    ["resource", resource],
    ["entity", entity],
    ["occurred", isoTime(delivery.occurredAt)],
    ["received", isoTime(delivery.receivedAt)],
    ["state", finishedAt === undefined ? state : `${state} since ${isoTime(finishedAt)}`],
    ["attempts", String(attempts)],
    ["duplicates", String(duplicates)],
    ["error", error],
    ["sha-256", delivery.hash],
  ];
  return rows.flatMap(([label, value]) => (value === undefined ? [] : [`${label.padEnd(10)}  ${value}`])).join("\n");
}

function headers(delivery: StoredDelivery): string {
  const lines = Object.entries(delivery.headers).map(([name, value]) => `  ${name}: ${value}`);
  return ["headers that were kept", ...(lines.length === 0 ? ["  none"] : lines)].join("\n");
}

function bodyText({ body }: StoredDelivery, parsed: unknown): string {
  if (parsed === undefined) return "body: gone, retention has let it go";
  return `body, ${body.length} bytes as sent\n${JSON.stringify(parsed, undefined, 2)}`;
}
