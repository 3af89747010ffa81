import Table from "cli-table3";
import type { StoredDelivery } from "@ghlkit/storage";
import { isoTime, printable } from "../printable.ts";
import type { Report } from "../report.ts";
import { deliveryJson } from "./shown-delivery.ts";
import { withInbox } from "./with-inbox.ts";

export interface DeadOptions {
  readonly db: string;
  /** Most deliveries that are listed. */
  readonly limit: number;
}

/** What was given up and waits for a person, newest first. Ok when there is nothing. */
export async function listDead({ db, limit }: DeadOptions): Promise<Report> {
  return withInbox(db, async (inbox) => {
    const { deliveries } = await inbox.query({ state: "dead", limit });
    const { dead } = await inbox.backlog();
    const json = { dead, deliveries: deliveries.map(deliveryJson) };
    if (dead === 0) return { ok: true, json, text: "Nothing is dead." };
    const more = dead > deliveries.length ? `, the newest ${deliveries.length} of them:` : ":";
    const again = "Fix the cause, then replay one with `ghlkit webhooks replay <id>`, or all with `--dead`.";
    return { ok: false, json, text: `${dead} dead${more}\n${tableOf(deliveries)}\n${again}` };
  });
}

function tableOf(deliveries: readonly StoredDelivery[]): string {
  const style = { head: [], border: [], compact: true };
  const head = ["received", "type", "id", "attempts", "error"];
  const table = new Table({ head, style, wordWrap: true, colWidths: [null, null, null, null, 50] });
  for (const { receivedAt, type, id, attempts, error = "" } of deliveries)
    table.push([isoTime(receivedAt), type, printable(id), attempts, printable(error)]);
  return table.toString();
}
