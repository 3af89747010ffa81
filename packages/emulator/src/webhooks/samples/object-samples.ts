import type { EventFields } from "../platform-event.ts";
import type { EventSampleContext, EventSamples } from "./sample-context.ts";

type ObjectKind =
  | `Association${"Create" | "Update" | "Delete"}`
  | `Relation${"Create" | "Delete"}`
  | `Record${"Create" | "Update" | "Delete"}`
  | `ObjectSchema${"Create" | "Update"}`;

function association({ ids }: EventSampleContext): EventFields<"AssociationCreate"> {
  return {
    id: ids.object(),
    associationType: "USER_DEFINED",
    firstObjectKey: "custom_objects.pet",
    firstObjectLabel: "Pet",
    secondObjectKey: "contact",
    secondObjectLabel: "Owner",
    key: "pet_owner",
  };
}

function changedAssociation(context: EventSampleContext): EventFields<"AssociationUpdate"> {
  return {
    ...association(context),
    firstObjectToSecondObjectCardinality: "MANY_TO_MANY",
    secondObjectToFirstObjectCardinality: "MANY_TO_MANY",
  };
}

function relation({ ids }: EventSampleContext): EventFields<"RelationCreate"> {
  return {
    id: ids.object(),
    firstObjectKey: "custom_objects.pet",
    firstRecordId: ids.object(),
    secondObjectKey: "contact",
    secondRecordId: ids.record(),
    associationId: ids.object(),
  };
}

function record({ seed, ids }: EventSampleContext): EventFields<"RecordCreate"> {
  return { id: ids.object(), owners: [seed.users.admin], followers: [], properties: [{ key: "name", valueString: "Charles" }] };
}

function schema({ ids, now }: EventSampleContext): EventFields<"ObjectSchemaCreate"> {
  return {
    id: ids.object(),
    key: "custom_objects.pet",
    labels: { singular: "Pet", plural: "Pets" },
    description: "Pets of contacts",
    objectType: "USER_DEFINED",
    primaryDisplayProperty: "custom_objects.pet.name",
    searchableProperties: ["custom_objects.pet.name"],
    createdAt: now,
    updatedAt: now,
  };
}

/** Custom objects and what ties them. */
export const objectSamples: EventSamples<ObjectKind> = {
  AssociationCreate: association,
  AssociationUpdate: changedAssociation,
  AssociationDelete: changedAssociation,
  RelationCreate: relation,
  RelationDelete: relation,
  RecordCreate: record,
  RecordUpdate: record,
  RecordDelete: record,
  ObjectSchemaCreate: schema,
  ObjectSchemaUpdate: schema,
};
