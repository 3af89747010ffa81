import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { Inbox, InboxDelivery } from "@ghlkit/storage";
import { createSqliteStorage, type SqliteTransaction } from "@ghlkit/storage-sqlite";

/** Path of a file in a folder of the test's own. */
export function freshPath(): string {
  const folder = mkdtempSync(join(tmpdir(), "ghlkit-cli-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, "inbox.db");
}

export function delivery(id: string, fields: Readonly<Record<string, unknown>> = {}, over: Partial<InboxDelivery> = {}): InboxDelivery {
  const body = Buffer.from(JSON.stringify({ type: "ContactCreate", ...fields }));
  const headers = { "content-type": "application/json" };
  const times = { occurredAt: Date.parse("2026-01-01T00:00:00Z"), receivedAt: Date.now() };
  return { id, hash: Buffer.from(body).toString("hex"), source: "marketplace", type: "ContactCreate", entity: `contact:${id}`, ...times, headers, body, synthetic: false, ...over }; // prettier-ignore
}

/** What `work` wrote, in a file that is closed again. @returns its path. */
export async function filledInbox(work: (inbox: Inbox<SqliteTransaction>) => Promise<unknown>): Promise<string> {
  const path = freshPath();
  const storage = createSqliteStorage({ path });
  await work(storage.inbox);
  await storage.close();
  return path;
}

/** Claims everything that is due and ends it as `dead` or `done`. */
export async function finish(inbox: Inbox<SqliteTransaction>, ended: "dead" | "done", error = "Error: no"): Promise<void> {
  for (const claimed of await inbox.claim({ owner: "test", limit: 100, leaseMs: 60_000 })) {
    if (ended === "dead") await inbox.fail(claimed, { error });
    else await inbox.complete(claimed, "done");
  }
}
