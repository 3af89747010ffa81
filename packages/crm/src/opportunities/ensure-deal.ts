import type { Create } from "@ghlkit/contract/types/opportunities";
import type { LocationSettings } from "../location/location-settings.ts";
import type { RecentIds } from "../location/recent-ids.ts";
import type { IgnoredField } from "../contacts/ensure-result.ts";
import { countOfDeal, dealBody, dealChanges, dealNotStored, type SentDeal } from "./deal-changes.ts";
import type { DealPolicy } from "./deal.ts";
import type { DealConflict, DealEnsured } from "./deal-result.ts";
import type { Opportunity, OpportunityStatus } from "./opportunities-client.ts";
import type { OpportunityCalls } from "./opportunity-calls.ts";
import type { StagePlace } from "./pipelines.ts";

/** A deal that was checked. */
export interface CheckedDeal {
  readonly contactId: string;
  readonly place: StagePlace;
  /** Whether the caller named the stage; without that an existing one stays in its own. */
  readonly isStageGiven: boolean;
  readonly status: OpportunityStatus;
  readonly values: Pick<SentDeal, "name" | "monetaryValue" | "assignedTo" | "forecastExpectedCloseDate" | "fields"> & {
    readonly name: string;
  };
}

/** What ensuring a deal needs. */
export interface DealLookup {
  readonly calls: OpportunityCalls;
  readonly settings: LocationSettings | undefined;
  readonly recent: RecentIds;
}

/**
 * Makes sure that a deal exists. Where the location takes one per contact and pipeline the create comes first, and its refusal names the one
 * that is there; elsewhere the search does, which lags, so that what this process created is remembered.
 */
export async function ensureDeal(deal: CheckedDeal, policy: DealPolicy, lookup: DealLookup): Promise<DealEnsured | DealConflict> {
  const { one = "perPipeline", existing = "fill", isNewContact = false } = policy;
  const { calls, settings } = lookup;
  const isRefused = one === "perPipeline" && settings?.takesDuplicateOpportunities === false;
  const createsFirst = isRefused || (isNewContact && lookup.recent.get(recentDeal(deal, policy)) === undefined);
  const found = createsFirst ? undefined : await findDeal(deal, policy, lookup);
  if (found !== undefined) return updateDeal(deal, found, existing, calls);
  const written = await calls.create(createBody(deal));
  if ("opportunity" in written) {
    lookup.recent.add(recentDeal(deal, policy), written.opportunity.id);
    const checked = await checkStored(deal.values, written.opportunity, calls);
    return { outcome: "created", ...checked, overwrote: [], calls: calls.count() };
  }
  const inTheWay = written.existingId === undefined ? undefined : await calls.get(written.existingId);
  const known = inTheWay ?? (await calls.find({ ...query(deal, one), status: "all" }, () => true));
  if (known === undefined) throw new TypeError("The platform refuses a second opportunity, and names none that is there.");
  return counts(policy)(known) ? updateDeal(deal, known, existing, calls) : { outcome: "conflict", existing: known, calls: calls.count() };
}

/** What the platform's search shows of it. */
export function searchDeal(deal: CheckedDeal, policy: DealPolicy, { calls }: Pick<DealLookup, "calls">): Promise<Opportunity | undefined> {
  const status = (policy.statuses ?? "open") === "open" ? "open" : "all";
  return calls.find({ ...query(deal, policy.one ?? "perPipeline"), status }, counts(policy));
}

/** The one with this id, filled or updated; `undefined` when it is not there, or does not count any more. */
export async function takeDeal(
  id: string,
  deal: CheckedDeal,
  { existing = "fill", ...policy }: DealPolicy,
  { calls }: Pick<DealLookup, "calls">,
): Promise<DealEnsured | undefined> {
  const found = await calls.get(id);
  return found !== undefined && counts(policy)(found) ? updateDeal(deal, found, existing, calls) : undefined;
}

async function findDeal(deal: CheckedDeal, policy: DealPolicy, { calls, recent }: DealLookup): Promise<Opportunity | undefined> {
  const id = recent.get(recentDeal(deal, policy));
  const created = id === undefined ? undefined : await calls.get(id);
  if (created !== undefined && counts(policy)(created)) return created;
  return searchDeal(deal, policy, { calls });
}

function query(
  { contactId, place }: CheckedDeal,
  one: NonNullable<DealPolicy["one"]>,
): { contactId: string; pipelineId: string | undefined } {
  return { contactId, pipelineId: one === "perPipeline" ? place.pipeline.id : undefined };
}

function recentDeal({ contactId, place }: CheckedDeal, { one = "perPipeline" }: DealPolicy): string {
  return one === "perPipeline" ? `${contactId} ${place.pipeline.id}` : contactId;
}

function counts({ statuses = "open", isSame = () => true }: DealPolicy): (opportunity: Opportunity) => boolean {
  return (opportunity) => (statuses === "any" || opportunity.status === "open") && isSame(opportunity);
}

function createBody({ contactId, place, status, values }: CheckedDeal): Create {
  const { fields, ...plain } = values;
  const at = { pipelineId: place.pipeline.id, pipelineStageId: place.stage.id };
  return { ...dealBody({ ...plain, fields }), ...at, name: values.name, contactId, status };
}

async function updateDeal(
  { values, place, isStageGiven }: CheckedDeal,
  existing: Opportunity,
  how: NonNullable<DealPolicy["existing"]>,
  calls: OpportunityCalls,
): Promise<DealEnsured> {
  const at = { pipelineId: place.pipeline.id, pipelineStageId: place.stage.id };
  const wanted: SentDeal = how === "update" && isStageGiven ? { ...values, ...at } : values;
  const { send, ignored, overwrites } = dealChanges(wanted, existing, how === "fill");
  if (countOfDeal(send) === 0) {
    return { outcome: "unchanged", opportunity: existing, ignored, overwrote: [], calls: calls.count() };
  }
  const checked = await checkStored(send, await calls.update(existing.id, dealBody(send)), calls);
  const dropped = new Set(checked.ignored.map(({ field }) => field));
  return {
    outcome: dropped.size < countOfDeal(send) ? "updated" : "unchanged",
    opportunity: checked.opportunity,
    ignored: [...ignored, ...checked.ignored],
    overwrote: overwrites.filter(({ field }) => !dropped.has(field)),
    calls: calls.count(),
  };
}

/** An answer may show an older state than was written: only what a second read does not show either was ignored. */
async function checkStored(
  sent: SentDeal,
  answered: Opportunity,
  calls: OpportunityCalls,
): Promise<{ readonly opportunity: Opportunity; readonly ignored: readonly IgnoredField[] }> {
  if (dealNotStored(sent, answered).length === 0) return { opportunity: answered, ignored: [] };
  const opportunity = (await calls.get(answered.id)) ?? answered;
  return { opportunity, ignored: dealNotStored(sent, opportunity).map((field) => ({ field, why: "not_stored" })) };
}
