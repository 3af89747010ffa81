import { existsSync } from "node:fs";
import type { Inbox } from "@ghlkit/storage";
import { createSqliteStorage, type SqliteTransaction } from "@ghlkit/storage-sqlite";

/** The file that `listen` makes when no other is named. */
export const defaultDatabase = "ghlkit-webhooks.db";

/** Works with the inbox of a file that is there, and closes it. @throws Error, GhlError `storage` */
export async function withInbox<Result>(path: string, work: (inbox: Inbox<SqliteTransaction>) => Promise<Result>): Promise<Result> {
  // A mistyped name must not make a new, empty inbox.
  if (!existsSync(path)) throw new Error(`There is no file ${path}: --db names the one that the receiver writes.`);
  const storage = createSqliteStorage({ path });
  try {
    return await work(storage.inbox);
  } finally {
    await storage.close();
  }
}
