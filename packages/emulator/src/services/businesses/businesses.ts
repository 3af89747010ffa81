import { reply } from "../../http/answer.ts";
import { badRequest } from "../../http/refusal.ts";
import type { Business } from "../../state/business.ts";
import { locationOf, nowIso, param, queryNumber, type Call } from "../../call/call.ts";
import type { Handlers } from "../../call/handler.ts";

/** Businesses, which contacts can belong to. Create and update answer under the platform's misspelt name. */
export const businessHandlers: Handlers = {
  "businesses.list": (call) => {
    const skip = queryNumber(call, "skip", 0);
    const found = call.world.state.businesses.group(locationOf(call));
    return reply(200, { businesses: found.slice(skip, skip + queryNumber(call, "limit", 100)).map(businessView) });
  },

  "businesses.get": (call) => reply(200, { business: businessView(businessOf(call)) }),

  "businesses.create": (call) => {
    const now = nowIso(call);
    const { locationId: _, name, ...details } = call.body;
    const business = {
      id: call.world.ids.object(),
      locationId: locationOf(call),
      name: String(name),
      createdAt: now,
      updatedAt: now,
      details,
    };
    return reply(201, { success: true, buiseness: businessView(call.world.state.businesses.put(business)) });
  },

  "businesses.update": (call) => {
    const before = businessOf(call);
    const { name = before.name, ...details } = call.body;
    const business = { ...before, name: String(name), details: { ...before.details, ...details }, updatedAt: nowIso(call) };
    return reply(200, { success: true, buiseness: businessView(call.world.state.businesses.put(business)) });
  },

  "businesses.delete": (call) => {
    const { state } = call.world;
    const { id, locationId } = businessOf(call);
    for (const contact of state.contacts.group(locationId).filter((candidate) => candidate.businessId === id)) {
      const { businessId: __, ...rest } = contact;
      state.contacts.put(rest);
    }
    state.businesses.delete(id);
    return reply(200, { success: true });
  },
};

function businessView({ details, ...business }: Business): Record<string, unknown> {
  return { ...details, ...business };
}

function businessOf(call: Call): Business {
  const id = param(call, "businessId");
  const business = call.world.state.businesses.get(id);
  if (business === undefined) throw badRequest(`Business with id ${id} not found`);
  return business;
}
