import { badRequest } from "../../http/refusal.ts";
import { recordsOf } from "../../resources/record-store.ts";
import { resource } from "../../resources/resource.ts";
import type { Fields } from "../../state/resource-record.ts";
import type { Call } from "../../call/call.ts";
import type { Service } from "../service.ts";
import { objectChanges } from "./object-changes.ts";
import { objectRecords, objects, searchRecords } from "./search-records.ts";

/** Custom objects and their records. An object is named by its key or its id. */
export const objectsService: Service = {
  handlers: { "objects.searchRecords": searchRecords },
  resources: [
    resource(objects, {
      keys: ["key"],
      idStyle: "object",
      create: newObject,
      beside: ({ fields }, call) => ({ cache: false, fields: fieldsOf(String(fields["key"]), call) }),
    }),
    resource(objectRecords, {
      idStyle: "object",
      create: (input) => ({ owner: [], followers: [], ...shortKeys(input) }),
      change: (before, input) => ({
        ...before,
        ...input,
        properties: { ...(before["properties"] as Fields), ...(shortKeys(input)["properties"] as Fields | undefined) },
      }),
    }),
  ],
  changes({ records }, publish) {
    records.onChange((before, after) => publish(() => objectChanges(before, after)));
  },
  seed({ sow, seed }) {
    const object = { idStyle: "object" } as const;
    for (const key of ["contact", "opportunity", "business"]) {
      const label = key.charAt(0).toUpperCase() + key.slice(1);
      const labels = { singular: label, plural: key === "business" ? "Businesses" : key === "contact" ? "Contacts" : "Opportunities" };
      sow(objects, { key, labels, standard: true, description: "", primaryDisplayProperty: `${key}.name`, type: "SYSTEM_DEFINED" }, object);
    }
    const labels = { singular: "Pet", plural: "Pets" };
    const display = { primaryDisplayProperty: "custom_objects.pet.name", searchableProperties: ["custom_objects.pet.name"] };
    const pet = sow(
      objects,
      { key: "custom_objects.pet", labels, standard: false, description: "Pets of patients", ...display, type: "USER_DEFINED" },
      object,
    );
    const place = { parents: [pet.recordId], ...object };
    sow(objectRecords, { owner: [seed.users.admin], followers: [], properties: { name: "Rex", species: "dog" } }, place);
  },
};

/** @throws Refusal 400 for a key that is taken or not one of a custom object. */
function newObject({ primaryDisplayPropertyDetails, ...input }: Fields, call: Call): Fields {
  const given = String(input["key"]);
  const key = given.startsWith("custom_objects.") ? given : `custom_objects.${given}`;
  if (recordsOf(call, objects).some(({ fields }) => fields["key"] === key)) throw badRequest(`Object with key ${key} already exists`);
  const { key: display } = primaryDisplayPropertyDetails as { readonly key: string };
  const shown = { primaryDisplayProperty: display, searchableProperties: [display] };
  return { description: "", ...input, key, ...shown, standard: false, type: "USER_DEFINED" };
}

/** The fields that are defined for an object. */
function fieldsOf(objectKey: string, call: Call): readonly Fields[] {
  return recordsOf(call, "/custom-fields")
    .filter(({ fields }) => fields["objectKey"] === objectKey)
    .map(({ recordId, fields, createdAt, updatedAt }) => ({
      id: recordId,
      locationId: call.locationId,
      dateAdded: createdAt,
      dateUpdated: updatedAt,
      ...fields,
    }));
}

/** Properties go by the last part of their key. */
function shortKeys(input: Fields): Fields {
  const { properties } = input as { readonly properties?: Fields };
  if (properties === undefined) return input;
  return { ...input, properties: Object.fromEntries(Object.entries(properties).map(([key, value]) => [key.split(".").at(-1), value])) };
}
