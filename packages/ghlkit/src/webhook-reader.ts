import type { Client } from "@ghlkit/client";
import type { ChangedRecord, Reader, ReadOptions } from "@ghlkit/webhooks";

/**
 * What gap repair reads through. Calls wait in the `webhook` lane.
 *
 * Cost, in calls: contacts are sorted by their last change, so that one page beyond the gap is read (500 to a page); messages are
 * asked for by date (500 to a page). Opportunities can be sorted by nothing that changes: all of a location are read (100 to a
 * page). Ids of all contacts or opportunities: all pages.
 */
export function createWebhookReader(client: Client): Reader {
  return {
    changed: (kind, options) => {
      if (kind === "contact") return changedContacts(client, options);
      return kind === "opportunity" ? changedOpportunities(client, options) : newMessages(client, options);
    },
    ids: async function* (kind, { location, signal }) {
      const options = laneOf(signal);
      const bound = client.location(location);
      const records =
        kind === "contact"
          ? bound.contacts.search({ body: { pageLimit: 500 } }, options)
          : bound.opportunities.search({ limit: 100 }, options);
      for await (const { id } of records) if (id !== undefined) yield id;
    },
  };
}

async function* changedContacts(client: Client, { location, since, signal }: ReadOptions): AsyncGenerator<ChangedRecord, void, undefined> {
  const sort = [{ field: "dateUpdated", direction: "desc" as const }];
  const search = client.location(location).contacts.search({ body: { pageLimit: 500, sort } }, laneOf(signal));
  for await (const contact of search) {
    const record = recordOf(contact, contact.dateAdded, contact.dateUpdated);
    if (record === undefined) continue;
    if (record.changedAt < since) return;
    yield record;
  }
}

async function* changedOpportunities(client: Client, options: ReadOptions): AsyncGenerator<ChangedRecord, void, undefined> {
  const { location, since, signal } = options;
  for await (const opportunity of client.location(location).opportunities.search({ limit: 100 }, laneOf(signal))) {
    const record = recordOf(opportunity, opportunity.createdAt, opportunity.updatedAt);
    if (record !== undefined && record.changedAt >= since) yield record;
  }
}

async function* newMessages(client: Client, { location, since, signal }: ReadOptions): AsyncGenerator<ChangedRecord, void, undefined> {
  const startDate = new Date(since).toISOString();
  const input = { limit: 500, sortBy: "createdAt" as const, sortOrder: "asc" as const, startDate };
  for await (const message of client.location(location).conversations.exportMessages(input, laneOf(signal))) {
    const record = recordOf(message, message.dateAdded, message.dateAdded);
    if (record !== undefined) yield record;
  }
}

function laneOf(signal: AbortSignal | undefined): { readonly priority: "webhook"; readonly signal?: AbortSignal } {
  return { priority: "webhook", ...(signal === undefined ? {} : { signal }) };
}

/** A record without an id or a time cannot be told of. */
function recordOf(fields: { readonly id?: string | undefined }, created: unknown, changed: unknown): ChangedRecord | undefined {
  const createdAt = Date.parse(String(created));
  const changedAt = Number.isNaN(Date.parse(String(changed))) ? createdAt : Date.parse(String(changed));
  if (fields.id === undefined || Number.isNaN(changedAt)) return undefined;
  return { id: fields.id, createdAt: Number.isNaN(createdAt) ? changedAt : createdAt, changedAt, fields: { ...fields } };
}
