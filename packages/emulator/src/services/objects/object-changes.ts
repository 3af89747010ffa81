import type { Fields, ResourceRecord } from "../../state/resource-record.ts";
import type { PlatformEvent } from "../../webhooks/platform-event.ts";
import { objectRecords, objects } from "./search-records.ts";

/** Events of custom objects and their records. */
export function objectChanges(before: ResourceRecord | undefined, after: ResourceRecord | undefined): readonly PlatformEvent[] {
  const record = after ?? before;
  if (record?.locationId === undefined) return [];
  const { locationId, recordId: id, fields } = record;
  if (record.resource === objects) {
    // A schema cannot be deleted.
    return [{ kind: before === undefined ? "ObjectSchemaCreate" : "ObjectSchemaUpdate", locationId, fields: { id, ...fields } }];
  }
  if (record.resource !== objectRecords) return [];
  const kind = before === undefined ? "RecordCreate" : after === undefined ? "RecordDelete" : "RecordUpdate";
  const properties = Object.entries((fields["properties"] ?? {}) as Fields).map(([key, value]) => ({ key, valueString: String(value) }));
  return [{ kind, locationId, fields: { id, owners: fields["owner"], followers: fields["followers"], properties } }];
}
