import { reply } from "../../http/answer.ts";
import { badRequest, notFound } from "../../http/refusal.ts";
import type { CustomField } from "../../state/location.ts";
import { param, queryText, type Call } from "../call.ts";
import type { Handlers } from "../handler.ts";
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
    const fieldKey = `${model}.${keyOf(String(body["name"]))}`;
    if (existing.some((field) => field.fieldKey === fieldKey)) throw badRequest(`Custom field with key ${fieldKey} already exists`);
    const field: CustomField = {
      position: 0,
      placeholder: "",
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

  "locations.updateCustomField": (call) => {
    const before = fieldOf(call);
    return reply(200, { customField: call.world.state.customFields.put({ ...before, ...readField(call) }) });
  },

  "locations.deleteCustomField": (call) => {
    call.world.state.customFields.delete(fieldOf(call).id);
    return reply(200, { succeded: true });
  },
};

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

/** `Pet name` → `pet_name`. */
export function keyOf(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "");
}

function readField({ body }: Call): Partial<CustomField> {
  const options = (body["options"] ?? body["textBoxListOptions"]) as readonly (string | { readonly label?: string })[] | undefined;
  return {
    ...(typeof body["name"] === "string" && { name: body["name"] }),
    ...(typeof body["placeholder"] === "string" && { placeholder: body["placeholder"] }),
    ...(typeof body["position"] === "number" && { position: body["position"] }),
    ...(typeof body["isMultipleFile"] === "boolean" && { isMultiFileAllowed: body["isMultipleFile"] }),
    ...(typeof body["maxNumberOfFiles"] === "number" && { maxFileLimit: body["maxNumberOfFiles"] }),
    ...(options && { picklistOptions: options.map((option) => (typeof option === "string" ? option : (option.label ?? ""))) }),
  };
}
