import { reply } from "../../http/answer.ts";
import { notFound } from "../../http/refusal.ts";
import type { CustomValue } from "../../state/location.ts";
import { param, type Call } from "../../call/call.ts";
import type { Handlers } from "../../call/handler.ts";
import { keyOf } from "./location-fields.ts";
import { requireLocation } from "./locations.ts";

/** Custom values of a location. */
export const locationValueHandlers: Handlers = {
  "locations.listCustomValues": (call) => reply(200, { customValues: call.world.state.customValues.group(requireLocation(call).id) }),

  "locations.getCustomValue": (call) => reply(200, { customValue: valueOf(call) }),

  "locations.createCustomValue": (call) => {
    const { id: locationId } = requireLocation(call);
    const name = String(call.body["name"]);
    const customValue = {
      id: call.world.ids.record(),
      name,
      fieldKey: `{{ custom_values.${keyOf(name)} }}`,
      value: String(call.body["value"]),
      documentType: "field" as const,
      locationId,
    };
    return reply(201, { customValue: call.world.state.customValues.put(customValue) });
  },

  "locations.updateCustomValue": (call) => {
    const customValue = { ...valueOf(call), name: String(call.body["name"]), value: String(call.body["value"]) };
    return reply(200, { customValue: call.world.state.customValues.put(customValue) });
  },

  "locations.deleteCustomValue": (call) => {
    call.world.state.customValues.delete(valueOf(call).id);
    return reply(200, { succeeded: true });
  },
};

function valueOf(call: Call): CustomValue {
  const id = param(call, "id");
  const value = call.world.state.customValues.get(id);
  if (value === undefined || value.locationId !== param(call, "locationId")) throw notFound(`Custom value with id ${id} not found`);
  return value;
}
