import { reply, type Answer } from "../../http/answer.ts";
import { badRequest, notFound, unprocessable } from "../../http/refusal.ts";
import type { CustomField } from "../../state/location.ts";
import { nowIso, param, queryText, type Call } from "../../call/call.ts";
import type { Handlers } from "../../call/handler.ts";
import { uploadedFiles } from "../uploaded-files.ts";
import { standardFolder } from "./standard-folder.ts";
import { requireLocation } from "./locations.ts";

/** Custom field definitions of contacts and opportunities. */
export const locationFieldHandlers: Handlers = {
  "locations.listCustomFields": (call) => {
    const model = queryText(call, "model") ?? "contact";
    const fields = call.world.state.customFields
      .group(requireLocation(call).id)
      .filter((field) => model === "all" || field.model === model);
    return reply(200, { customFields: fields });
  },

  "locations.getCustomField": (call) => reply(200, { customField: fieldOf(call) }),

  "locations.createCustomField": (call) => {
    const { id: locationId } = requireLocation(call);
    const { body, world } = call;
    const model = body["model"] === "opportunity" ? "opportunity" : "contact";
    const existing = world.state.customFields.group(locationId);
    if (body["documentType"] === "folder") return createFolder(call, model, existing);
    if (body["dataType"] === undefined) throw unprocessable(["dataType should not be empty", "dataType must be a string"]);
    const fieldKey = `${model}.${keyOf(String(body["name"]))}`;
    if (existing.some((field) => field.fieldKey === fieldKey)) throw badRequest(`Custom field with key ${fieldKey} already exists`);
    const field: CustomField = {
      ...documentOf(call, "field"),
      placeholder: "",
      parentId: standardFolder(locationId, model),
      scopes: [],
      ...readField(call),
      id: world.ids.record(),
      name: String(body["name"]),
      dataType: String(body["dataType"]),
      fieldKey,
      model,
      locationId,
    };
    return reply(201, { customField: world.state.customFields.put(field) });
  },

  "locations.uploadCustomFieldFile": (call) => {
    requireLocation(call);
    return reply(200, { uploadedFiles: uploadedFiles(call) });
  },

  "locations.updateCustomField": (call) => {
    const before = fieldOf(call);
    return reply(200, { customField: call.world.state.customFields.put({ ...before, ...readField(call) }) });
  },

  "locations.deleteCustomField": (call) => {
    call.world.state.customFields.delete(fieldOf(call).id);
    return reply(200, { succeded: true });
  },
};

/** A folder that fields can stand in, by their `parentId`; lists show it among the fields. */
function createFolder(call: Call, model: CustomField["model"], existing: readonly CustomField[]): Answer {
  const name = String(call.body["name"]);
  const twin = existing.find((one) => one.documentType === "folder" && one.model === model && one.name === name);
  if (twin !== undefined) throw badRequest("Folder already exists", { meta: { existingId: twin.id } }, "reported");
  const { state, ids } = call.world;
  const position = typeof call.body["position"] === "number" ? call.body["position"] : 0;
  const identity = {
    id: ids.record(),
    name,
    fieldKey: `${model}.${keyOf(name)}`,
    dataType: "",
    model,
    locationId: requireLocation(call).id,
  };
  const stored = state.customFields.put({ ...documentOf(call, "folder"), ...identity, position, placeholder: "" });
  return reply(201, { customFieldFolder: folderView(stored) });
}

/** A folder has no key, type and hint of its own. */
function folderView({
  fieldKey: _,
  dataType: _type,
  placeholder: _hint,
  ...folder
}: CustomField): Omit<CustomField, "fieldKey" | "dataType" | "placeholder"> {
  return folder;
}

/** What fields and folders have alike. */
function documentOf(
  call: Call,
  documentType: CustomField["documentType"],
): Pick<CustomField, "documentType" | "dateAdded" | "standard" | "position"> {
  return { documentType, dateAdded: nowIso(call), standard: false, position: 0 };
}

/** By id or by field key. */
function fieldOf(call: Call): CustomField {
  const { id: locationId } = requireLocation(call);
  const wanted = param(call, "id");
  const field = call.world.state.customFields
    .group(locationId)
    .find((candidate) => candidate.id === wanted || candidate.fieldKey === wanted);
  if (field === undefined) throw notFound(`Custom field with id ${wanted} not found`);
  return field;
}

/** `Pet name` → `pet_name`, `1/4 Mile` → `14_mile`, `* Name` → `_name`: names of other scripts leave nothing and collide. */
export function keyOf(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replaceAll(/\s+/g, "_")
    .replaceAll(/[^a-z0-9_]/g, "");
}

function readField({ body }: Call): Partial<CustomField> {
  const options = (body["options"] ?? body["textBoxListOptions"]) as readonly (string | { readonly label?: string })[] | undefined;
  return {
    ...(typeof body["name"] === "string" && { name: body["name"] }),
    ...(typeof body["placeholder"] === "string" && { placeholder: body["placeholder"] }),
    ...(typeof body["position"] === "number" && { position: body["position"] }),
    ...(typeof body["parentId"] === "string" && { parentId: body["parentId"] }),
    ...(typeof body["isMultipleFile"] === "boolean" && { isMultiFileAllowed: body["isMultipleFile"] }),
    ...(typeof body["maxNumberOfFiles"] === "number" && { maxFileLimit: body["maxNumberOfFiles"] }),
    ...(options && { picklistOptions: options.map((option) => (typeof option === "string" ? option : (option.label ?? ""))) }),
  };
}
