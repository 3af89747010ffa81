import { badRequest, notFound } from "../../http/refusal.ts";
import type { Answer } from "../../http/answer.ts";
import { answerWith } from "../../resources/answer-with.ts";
import { addRecord, changeRecord, companyOf, findRecord, recordsIn } from "../../resources/record-store.ts";
import type { Fields, ResourceRecord } from "../../state/resource-record.ts";
import { param, queryNumber, queryText, type Call } from "../../call/call.ts";
import type { Handler, Handlers } from "../../call/handler.ts";

export const plans = "/saas/plans";
export const subscription = "/saas/subscription";
export const wallet = "/saas/wallet";

/** A page of locations, which the caller cannot choose the size of. */
const pageSize = 20;

const listLocations: Handler = (call) => {
  const [customer, subscribed] = [queryText(call, "customerId"), queryText(call, "subscriptionId")];
  const found = subscriptionsOf(call).filter(
    ({ fields }) =>
      (customer === undefined || fields["customerId"] === customer) &&
      (subscribed === undefined || fields["subscriptionId"] === subscribed),
  );
  return answerWith(
    call,
    call.success.schema?.["items"] === undefined ? { locations: found.map(locationView) } : found.map(({ locationId }) => locationId),
  );
};

const listSaasLocations: Handler = (call) => {
  const found = subscriptionsOf(call).filter(({ fields }) => fields["saasMode"] === "activated");
  const page = Math.max(1, queryNumber(call, "page", 1));
  const totalPages = Math.ceil(found.length / pageSize);
  const pagination = { page, limit: pageSize, total: found.length, totalPages, hasNext: page < totalPages, hasPrev: page > 1 };
  return answerWith(call, { locations: found.slice((page - 1) * pageSize, page * pageSize).map(locationView), pagination });
};

const enable: Handler = (call) => {
  const { fields } = activate(call, param(call, "locationId"), call.body);
  return answerWith(call, { data: { customer_id: fields["customerId"], ok: true, paymentMethodAdded: false } });
};

const bulkEnable: Handler = (call) => {
  const { locationIds, actionPayload, isSaaSV2 } = call.body as {
    locationIds: readonly string[];
    actionPayload: Fields;
    isSaaSV2: boolean;
  };
  for (const id of locationIds) activate(call, id, { ...actionPayload, isSaaSV2 });
  return answerWith(call, { success: true, message: "SaaS is being enabled", bulkActionUrl: "https://app.example.com/bulk-actions" });
};

const bulkDisable: Handler = (call) => {
  for (const id of call.body["locationIds"] as readonly string[]) {
    const own = subscriptionOf(call, requireOwn(call, id));
    if (own !== undefined) changeRecord(call, own, { saasMode: "not_activated", subscriptionStatus: "canceled" });
  }
  return answerWith(call, { data: { msg: "SaaS disabled for the given locations" } });
};

const pause: Handler = (call) => {
  const own = subscriptionOf(call, requireOwn(call, param(call, "locationId")));
  if (own === undefined) throw badRequest("The location has no SaaS subscription");
  changeRecord(call, own, { paused: call.body["paused"], subscriptionStatus: call.body["paused"] === true ? "paused" : "active" });
  return answerWith(call, { success: true });
};

const updateRebilling: Handler = (call) => {
  const { locationIds, product, config } = call.body as { locationIds: readonly string[]; product: string; config: Fields };
  for (const id of locationIds) rebill(call, requireOwn(call, id), { [product]: config });
  return answerWith(call, { success: true });
};

export const saasHandlers: Handlers = {
  "saas.listLocations": listLocations,
  "saas.listLocationsLegacy": listLocations,
  "saas.listSaasLocations": listSaasLocations,
  "saas.listSaasLocationsLegacy": listSaasLocations,
  "saas.enable": enable,
  "saas.enableLegacy": enable,
  "saas.bulkEnable": bulkEnable,
  "saas.bulkEnableLegacy": bulkEnable,
  "saas.bulkDisable": bulkDisable,
  "saas.bulkDisableLegacy": bulkDisable,
  "saas.pause": pause,
  "saas.pauseLegacy": pause,
  "saas.updateRebilling": updateRebilling,
  "saas.updateRebillingLegacy": updateRebilling,

  "saas.allowAttachRebilling": (call): Answer => {
    const given = (call.body["attachedRebillingConfig"] ?? {}) as Fields;
    const locationId = requireOwn(call, param(call, "locationId"));
    return answerWith(call, { success: true, locationId, attachedRebillingConfig: rebill(call, locationId, given).fields["rebilling"] });
  },

  "saas.addComplimentaryCredits": (call) => {
    const locationId = requireOwn(call, param(call, "locationId"));
    const [before] = recordsIn(call.world.state, { resource: wallet, tenant: locationId, parents: [] });
    const own = before ?? addRecord(call, { resource: wallet, fields: { balance: 10, complimentaryCredits: 0 }, idStyle: "object" });
    const complimentaryCredits = Number(own.fields["complimentaryCredits"]) + Number(call.body["complimentaryCreditsAmount"] ?? 0);
    const { recordId, fields } = changeRecord(call, own, { complimentaryCredits });
    return answerWith(call, { ...fields, walletId: recordId });
  },
};

function activate(
  call: Call,
  locationId: string,
  { saasPlanId, priceId, stripeCustomerId, isSaaSV2, providerLocationId }: Fields,
): ResourceRecord {
  const id = requireOwn(call, locationId);
  if (saasPlanId !== undefined && findRecord(call.world.state, plans, String(saasPlanId)) === undefined) {
    throw notFound(`Plan with id ${String(saasPlanId)} not found`);
  }
  const before = subscriptionOf(call, id);
  const fields = {
    subscriptionId: before?.fields["subscriptionId"] ?? `sub_${call.world.ids.record()}`,
    customerId: stripeCustomerId ?? before?.fields["customerId"] ?? `cus_${call.world.ids.record()}`,
    saasPlanId,
    priceId,
    isSaaSV2,
    providerLocationId,
    saasMode: "activated",
    subscriptionStatus: "active",
  };
  return before === undefined
    ? addRecord(call, { resource: subscription, fields, locationId: id, idStyle: "object" })
    : changeRecord(call, before, fields);
}

/** How the usage of a location is charged on; it belongs to the location's subscription. */
function rebill(call: Call, locationId: string, config: Fields): ResourceRecord {
  const own = subscriptionOf(call, locationId) ?? activate(call, locationId, {});
  return changeRecord(call, own, { rebilling: { ...(own.fields["rebilling"] as Fields | undefined), ...config } });
}

function subscriptionsOf(call: Call): readonly ResourceRecord[] {
  const { state } = call.world;
  return state.locations.group(companyOf(call)).flatMap(({ id }) => recordsIn(state, { resource: subscription, tenant: id, parents: [] }));
}

function subscriptionOf(call: Call, locationId: string): ResourceRecord | undefined {
  return recordsIn(call.world.state, { resource: subscription, tenant: locationId, parents: [] })[0];
}

/** @throws Refusal 400 for a location that is not the company's. */
function requireOwn(call: Call, locationId: string): string {
  const location = call.world.state.locations.get(locationId);
  if (location === undefined || location.companyId !== companyOf(call)) throw badRequest("Location does not belong to the company");
  return locationId;
}

function locationView({ locationId, companyId, fields }: ResourceRecord): Fields {
  const { priceId, saasPlanId, productId: stripeProductId, subscriptionStatus } = fields;
  return { ...fields, locationId, companyId, subscriptionInfo: { priceId, saasPlanId, stripeProductId, subscriptionStatus } };
}
