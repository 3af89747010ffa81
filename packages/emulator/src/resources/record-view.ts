import type { Call } from "../call/call.ts";
import type { Fields, ResourceRecord } from "../state/resource-record.ts";
import type { ResourceDeclaration } from "./resource.ts";
import { idNamesOf } from "./resource-table.ts";

/** Everything that a record can be shown with: its fields, its id under every name, its tenant and its times. */
export function shownFields(record: ResourceRecord, declaration: ResourceDeclaration | undefined, call: Call): Fields {
  const { recordId, locationId, companyId, createdAt, updatedAt, resource } = record;
  const ids: Record<string, string> = {};
  for (const name of idNamesOf(resource)) ids[name] = recordId;
  return {
    ...ids,
    ...(locationId !== undefined && { locationId, altId: locationId, altType: "location" }),
    companyId,
    createdAt,
    updatedAt,
    dateAdded: createdAt,
    dateUpdated: updatedAt,
    deleted: false,
    ...record.fields,
    ...declaration?.view?.(record, call),
    _id: recordId,
    id: recordId,
  };
}
