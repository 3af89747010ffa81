import { badRequest } from "../../http/refusal.ts";
import { answerWith } from "../../resources/answer-with.ts";
import { recordsOf } from "../../resources/record-store.ts";
import { shownFields } from "../../resources/record-view.ts";
import { resource } from "../../resources/resource.ts";
import type { Fields } from "../../state/resource-record.ts";
import { param } from "../../call/call.ts";
import type { Service } from "../service.ts";

const fields = "/custom-fields";
const folders = "/custom-fields/folder";

/** Fields and folders of custom objects; those of contacts and opportunities belong to locations. */
export const customFieldsService: Service = {
  handlers: {
    "customFields.listByObjectKey": (call) => {
      const objectKey = param(call, "objectKey");
      const own = (resourcePath: string): readonly Fields[] =>
        recordsOf(call, resourcePath)
          .filter((record) => record.fields["objectKey"] === objectKey)
          .map((record) => shownFields(record, undefined, call));
      return answerWith(call, { fields: own(fields), folders: own(folders) });
    },
  },
  resources: [
    resource(fields, {
      create: (input) => ({ ...refuseForeign(input), showInForms: true, ...input }),
      beside: ({ fields: own }) => ({ key: own["fieldKey"] }),
    }),
    resource(folders, { create: (input) => refuseForeign(input) }),
  ],
  seed({ sow }) {
    const objectKey = "custom_objects.pet";
    const folder = sow(folders, { name: "Details", objectKey });
    const shared = { objectKey, parentId: folder.recordId, showInForms: true, description: "", placeholder: "" };
    sow(fields, { ...shared, name: "Name", dataType: "TEXT", fieldKey: "custom_objects.pet.name" });
    const options = ["dog", "cat"].map((key) => ({ key, label: key.toUpperCase() }));
    sow(fields, { ...shared, name: "Species", dataType: "SINGLE_OPTIONS", fieldKey: "custom_objects.pet.species", options });
  },
};

/** @throws Refusal 400 for the objects whose fields belong to the location. */
function refuseForeign(input: Fields): Fields {
  const { objectKey } = input;
  if (objectKey === "contact" || objectKey === "opportunity") {
    throw badRequest("Api does not support objectKey of type contact or opportunity", {}, "reported");
  }
  if (!String(objectKey).startsWith("custom_objects.") && !systemObjects.has(String(objectKey)))
    throw badRequest("Invalid key", {}, "reported");
  return input;
}

/** Objects of the platform's own whose fields this API holds. */
const systemObjects: ReadonlySet<string> = new Set(["business"]);
