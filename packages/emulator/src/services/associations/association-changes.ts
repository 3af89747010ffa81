import type { ResourceRecord } from "../../state/resource-record.ts";
import type { PlatformEvent } from "../../webhooks/platform-event.ts";

/** Events of an association. */
export function associationChanges(before: ResourceRecord | undefined, after: ResourceRecord | undefined): readonly PlatformEvent[] {
  const kind = before === undefined ? "AssociationCreate" : after === undefined ? "AssociationDelete" : "AssociationUpdate";
  return eventOf(kind, after ?? before);
}

/** Events of a relation; it cannot be changed. */
export function relationChanges(before: ResourceRecord | undefined, after: ResourceRecord | undefined): readonly PlatformEvent[] {
  return eventOf(before === undefined ? "RelationCreate" : "RelationDelete", after ?? before);
}

function eventOf(kind: PlatformEvent["kind"], record: ResourceRecord | undefined): readonly PlatformEvent[] {
  if (record?.locationId === undefined) return [];
  return [{ kind, locationId: record.locationId, fields: { id: record.recordId, ...record.fields } }];
}
