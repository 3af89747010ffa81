import { badRequest } from "../../http/refusal.ts";
import { answerWith } from "../../resources/answer-with.ts";
import { recordsOf, requireRecord, unknownRecord } from "../../resources/record-store.ts";
import { shownFields } from "../../resources/record-view.ts";
import { resource } from "../../resources/resource.ts";
import { param, queryNumber, type Call } from "../../call/call.ts";
import type { Handlers } from "../../call/handler.ts";
import type { Service } from "../service.ts";
import { associationChanges, relationChanges } from "./association-changes.ts";

const associations = "/associations";
const relations = "/associations/relations";

const associationHandlers: Handlers = {
  "associations.getByObjectKey": (call) => {
    const key = param(call, "objectKey");
    const found = recordsOf(call, associations).find(({ fields }) => fields["firstObjectKey"] === key || fields["secondObjectKey"] === key);
    if (found === undefined) throw unknownRecord(associations, key);
    return answerWith(call, shownFields(found, undefined, call));
  },

  "associations.listRelationsByRecord": (call) => {
    const id = param(call, "id");
    const wanted = call.query["associationIds"] as readonly string[] | undefined;
    const found = recordsOf(call, relations).filter(
      ({ fields }) =>
        (fields["firstRecordId"] === id || fields["secondRecordId"] === id) &&
        (wanted === undefined || wanted.length === 0 || wanted.includes(String(fields["associationId"]))),
    );
    const skip = queryNumber(call, "skip", 0);
    const page = found.slice(skip, skip + queryNumber(call, "limit", 100)).map((record) => shownFields(record, undefined, call));
    return answerWith(call, { relations: page, total: found.length, skip, limit: queryNumber(call, "limit", 100) });
  },
};

/** Associations between kinds of objects, and the relations of their records. */
export const associationsService: Service = {
  handlers: associationHandlers,
  resources: [
    resource(associations, {
      keys: ["key"],
      listName: "associations",
      create: (input) => ({ associationType: "USER_DEFINED", ...input }),
      idStyle: "object",
    }),
    resource(relations, { create: newRelation, idStyle: "object" }),
  ],
  changes({ records }, publish) {
    records.onChange((before, after) => {
      const { resource: changed } = after ?? before ?? { resource: "" };
      if (changed === associations) publish(() => associationChanges(before, after));
      if (changed === relations) publish(() => relationChanges(before, after));
    });
  },
  seed({ sow }) {
    const association = { key: "contact_pet", firstObjectLabel: "Owner", firstObjectKey: "contact", associationType: "USER_DEFINED" };
    sow(associations, { ...association, secondObjectLabel: "Pet", secondObjectKey: "custom_objects.pet" }, { idStyle: "object" });
  },
};

/** @throws Refusal 400 for a relation that is there already. */
function newRelation(input: Readonly<Record<string, unknown>>, call: Call): Readonly<Record<string, unknown>> {
  const { associationId, firstRecordId, secondRecordId } = input;
  const { fields } = requireRecord(call, associations, String(associationId));
  const isThere = recordsOf(call, relations).some(
    (one) =>
      one.fields["associationId"] === associationId &&
      one.fields["firstRecordId"] === firstRecordId &&
      one.fields["secondRecordId"] === secondRecordId,
  );
  if (isThere) {
    const message = `Could not create relation: duplicate relation of object Ids for given association ${String(associationId)}`;
    throw badRequest(message, {}, "recorded");
  }
  return { ...fields, ...input };
}
