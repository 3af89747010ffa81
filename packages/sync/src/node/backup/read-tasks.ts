import { offsetPages } from "../../kinds/offset-pages.ts";
import type { Wire } from "../../kinds/kind.ts";
import type { BackupLocation } from "./location-names.ts";

const pageSize = 100;

/** All tasks of a location, from its own list: one call for ninety of them. Those of one contact lie together. */
export async function readTasks({ locations }: BackupLocation, signal: AbortSignal | undefined): Promise<readonly Wire[]> {
  const tasks = new Map<string, Wire>();
  const pages = offsetPages(
    async (skip) => {
      const { data, headers } = await locations.searchTasks({ body: { limit: pageSize, skip } }).withResponse();
      return { items: (data.tasks ?? []) as unknown as readonly Wire[], total: undefined, headers };
    },
    { id: "_id", pageSize, cursor: undefined },
  );
  for await (const { items } of pages) {
    signal?.throwIfAborted();
    for (const item of items) tasks.set(String(item["_id"]), item);
  }
  const byContact = Map.groupBy(tasks.values(), ({ contactId }) => String(contactId));
  return [...byContact.values()].flat();
}
