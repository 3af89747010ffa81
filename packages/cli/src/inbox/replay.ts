import type { Inbox, InboxQuery } from "@ghlkit/storage";
import { parseMoment } from "../options/moment.ts";
import { printable } from "../printable.ts";
import type { Report } from "../report.ts";
import { UsageError } from "../usage-error.ts";
import { withInbox } from "./with-inbox.ts";

export interface ReplayOptions {
  readonly db: string;
  readonly since?: string;
  readonly type?: string;
  readonly dead?: boolean;
}

/**
 * Makes deliveries wait again, in the order of arrival and in steps: killed in between, it has replayed the first so many; to run it
 * once more does the rest and changes nothing of what waits already. The worker of the inbox handles them.
 */
export async function replayDeliveries(id: string | undefined, options: ReplayOptions): Promise<Report> {
  const query = queryOf(options);
  const conditions = Object.keys(query).length;
  if (id === undefined && conditions === 0) throw new UsageError("Name what to replay: an id, --since, --type or --dead.");
  if (id !== undefined && conditions > 0) throw new UsageError("Give an id, or --since, --type and --dead; not both.");
  return withInbox(options.db, async (inbox) => {
    if (id !== undefined) return replayOne(inbox, id);
    const { replayed } = await inbox.replay(query);
    return { ok: true, json: { replayed }, text: replayed === 0 ? "Nothing to replay: none of these is finished." : said(replayed) };
  });
}

function queryOf({ since, type, dead }: ReplayOptions): InboxQuery {
  return {
    ...(since !== undefined && { since: parseMoment(since, Date.now()) }),
    ...(type !== undefined && { type }),
    ...(dead === true && { state: "dead" as const }),
  };
}

async function replayOne(inbox: Inbox, id: string): Promise<Report> {
  const { replayed } = await inbox.replay({ id });
  if (replayed > 0) return { ok: true, json: { replayed }, text: said(replayed) };
  const found = await inbox.get(id);
  const shown = printable(id);
  if (found?.state === "waiting") return { ok: true, json: { replayed, reason: "waiting" }, text: `${shown} is waiting already.` };
  const [reason, text] =
    found === undefined
      ? ["unknown", `There is no delivery ${shown}.`]
      : ["body_gone", `The body of ${shown} is gone: retention has let it go.`];
  return { ok: false, json: { replayed, reason }, text };
}

function said(replayed: number): string {
  return `${replayed} ${replayed === 1 ? "delivery waits" : "deliveries wait"} again, for the worker or the listener of this inbox.`;
}
