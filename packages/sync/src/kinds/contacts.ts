import type { KindDefinition, ListedPage, SyncLocation } from "./kind.ts";
import { partitionedPages, type ReadRange } from "./partitioned-pages.ts";
import { listedPage, textOf, timeOf, unlessMissing } from "./wire-values.ts";

const pageLimit = 500;

/** Contacts: listed by the time of their creation, which never changes; their index knows what was changed since a time. */
export const contacts: KindDefinition = {
  kind: "contacts",
  id: "id",
  renamed: { address: "address1" },
  ignored: [
    "searchAfter",
    "opportunities",
    "contactName",
    "name",
    "firstNameLowerCase",
    "lastNameLowerCase",
    "fullNameLowerCase",
    "emailLowerCase",
    "traceId",
  ],
  compared: [
    "firstName",
    "lastName",
    "email",
    "phone",
    "companyName",
    "address1",
    "city",
    "state",
    "postalCode",
    "country",
    "website",
    "timezone",
    "source",
    "type",
    "assignedTo",
    "businessId",
    "dateOfBirth",
    "dnd",
    "tags",
    "followers",
    "customFields",
    "dateAdded",
    "dateUpdated",
  ],
  version: ({ dateUpdated, dateAdded }) => timeOf(dateUpdated) ?? timeOf(dateAdded),
  agedBy: ({ dateUpdated, dateAdded }) => timeOf(dateUpdated) ?? timeOf(dateAdded),
  contactOf: ({ id }) => textOf(id),
  columns: {
    first_name: ["firstName", "text"],
    last_name: ["lastName", "text"],
    email: ["email", "text"],
    phone: ["phone", "text"],
    company_name: ["companyName", "text"],
    source: ["source", "text"],
    type: ["type", "text"],
    assigned_to: ["assignedTo", "text"],
    city: ["city", "text"],
    state: ["state", "text"],
    country: ["country", "text"],
    timezone: ["timezone", "text"],
    is_dnd: ["dnd", "boolean"],
    tags: ["tags", "json"],
    custom_fields: ["customFields", "json"],
    created_at: ["dateAdded", "text"],
    updated_at: ["dateUpdated", "text"],
  },
  list: (location, { cursor, pagesAtATime }) => {
    if (pagesAtATime === 1) return pagesOf(location, { sort: oldestFirst }, cursor);
    const read: ReadRange = ({ from, to }, resume) => pagesOf(location, { sort: oldestFirst, filters: createdIn(from, to) }, resume);
    return partitionedPages(read, { cursor, pagesAtATime, bounds: () => boundsOf(location) });
  },
  changes: async function* (location, since) {
    const sort = [{ field: "dateUpdated", direction: "asc" as const }];
    const filters = [{ field: "dateUpdated", operator: "range" as const, value: { gte: new Date(since).toISOString() } }];
    yield* pagesOf(location, { sort, filters });
  },
  read: async ({ contacts: service }, contactId) => (await unlessMissing(service.get({ contactId })))?.contact,
};

const oldestFirst = [{ field: "dateAdded", direction: "asc" as const }];

function createdIn(from: number | undefined, to: number | undefined): NonNullable<SearchBody["filters"]> {
  const iso = (ms: number): string => new Date(ms).toISOString();
  const value = { ...(from !== undefined && { gte: iso(from) }), ...(to !== undefined && { lt: iso(to) }) };
  return Object.keys(value).length === 0 ? [] : [{ field: "dateAdded", operator: "range" as const, value }];
}

/** When the first and the last contact were created. */
async function boundsOf({ contacts: service }: SyncLocation): Promise<readonly [number, number]> {
  const edge = async (direction: "asc" | "desc"): Promise<number> => {
    const { contacts: found } = await service.search({ body: { pageLimit: 1, sort: [{ field: "dateAdded", direction }] } });
    return timeOf(found[0]?.dateAdded) ?? 0;
  };
  return [await edge("asc"), await edge("desc")];
}

type SearchBody = NonNullable<Parameters<SyncLocation["contacts"]["search"]>[0]>["body"];

async function* pagesOf(
  location: SyncLocation,
  body: Pick<SearchBody, "sort" | "filters">,
  resume?: unknown,
): AsyncGenerator<ListedPage, void, undefined> {
  const options = typeof resume === "string" ? { resume } : {};
  for await (const page of location.contacts.search({ body: { pageLimit, ...body } }, options).pages()) yield listedPage(page);
}
