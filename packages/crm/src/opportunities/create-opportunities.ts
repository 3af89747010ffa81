import { checkNumber, ghlError, isGhlError, systemClock, type Clock } from "@ghlkit/core";
import type { KeyedWriteSettings } from "@ghlkit/resilience";
import type { Journal } from "@ghlkit/storage";
import { createFields, type Fields, type FieldsClient } from "../fields/create-fields.ts";
import { fieldDay } from "../fields/field-day.ts";
import type { FieldInputs } from "../fields/field-value.ts";
import type { Cached } from "../location/cached.ts";
import { locationSettings, type LocationSettings } from "../location/location-settings.ts";
import { oneAtATime } from "../location/one-at-a-time.ts";
import { recentIds, type RecentIds } from "../location/recent-ids.ts";
import { checkKey } from "../run/check-key.ts";
import { loseDeal, setDealStatus, setDealValue } from "./change-deal.ts";
import type { Deal, DealPolicy, KeyedDealPolicy } from "./deal.ts";
import type { ChangeDealResult, DealRejected, DealUnknown, EnsureDealResult, MoveResult, RejectedDealField } from "./deal-result.ts";
import { ensureDeal, searchDeal, takeDeal, type CheckedDeal } from "./ensure-deal.ts";
import { ensureDealOnce } from "./ensure-deal-once.ts";
import { moveDeal, type Move } from "./move-deal.ts";
import type { OpportunitiesClient } from "./opportunities-client.ts";
import { opportunityCalls } from "./opportunity-calls.ts";
import { createPipelines, type Pipelines, type StagePlace } from "./pipelines.ts";
import { readBoard, type Board, type BoardQuery } from "./read-board.ts";
import { writeAtPlace } from "./write-at-place.ts";
import { checkChoice } from "../run/check-choice.ts";

/** Options of {@link createOpportunities}. */
export interface OpportunitiesOptions {
  /** Definitions that are shared with others. @default its own */
  readonly fields?: Fields;
  /** Where keys are noted: `storage.journal` of any engine. Needed as soon as a policy has a `key`. */
  readonly journal?: Journal;
  /**
   * Ms after the death of a process in which no other judges its `ensure` with a key.
   * @default 30_000
   */
  readonly leaseMs?: number;
  /**
   * Ms after which a deal that the platform does not show was not made.
   * @default 60_000
   */
  readonly settleMs?: number;
  /** @default the machine's clock */
  readonly clock?: Clock;
}

/** Makes sure that a contact has this deal, once. */
export interface EnsureDeal<FieldMap extends object> {
  /** With a key also across processes and lost answers. @throws GhlError for outage and authorisation; `invalid_request` without `journal` */
  (deal: Deal<FieldMap>, policy: KeyedDealPolicy): Promise<EnsureDealResult | DealUnknown>;
  /** @throws GhlError for outage, authorisation and a lost answer */
  (deal: Deal<FieldMap>, policy?: DealPolicy): Promise<EnsureDealResult>;
}

/** The opportunities of one location. `FieldMap` is the typed map that `ghlkit fields pull` writes. */
export interface Opportunities<FieldMap extends object = FieldInputs> {
  readonly ensure: EnsureDeal<FieldMap>;
  /** Moves one to a stage by name. */
  readonly move: (opportunityId: string, move: Move) => Promise<MoveResult>;
  /** Sets its value, in major units of the location's currency. */
  readonly setValue: (opportunityId: string, value: number) => Promise<ChangeDealResult>;
  readonly win: (opportunityId: string) => Promise<ChangeDealResult>;
  /** Marks it as lost, with one of the location's reasons by name or id. */
  readonly lose: (opportunityId: string, reason?: string) => Promise<ChangeDealResult>;
  readonly abandon: (opportunityId: string) => Promise<ChangeDealResult>;
  readonly reopen: (opportunityId: string) => Promise<ChangeDealResult>;
  /** All opportunities of a pipeline (by name or id) in lanes, with counts and sums. */
  readonly board: (pipeline: string, query?: BoardQuery) => Promise<Board>;
}

/** Makes the opportunities of one location. Keep it: pipelines, settings and definitions are read once. */
export function createOpportunities<FieldMap extends object = FieldInputs>(
  location: OpportunitiesClient & FieldsClient,
  options: OpportunitiesOptions = {},
): Opportunities<FieldMap> {
  const { clock = systemClock, fields = createFields(location, { clock }), journal, leaseMs = 30_000, settleMs = 60_000 } = options;
  checkNumber("createOpportunities", "settleMs", settleMs);
  checkNumber("createOpportunities", "leaseMs", leaseMs, { above: true });
  const pipelines = createPipelines(location, { clock });
  const settings = locationSettings(location, { clock });
  const keyed = journal && { journal, clock, leaseMs, settleMs };
  const parts: Parts = { location, fields, pipelines, settings, recent: recentIds(clock), keyed };
  const alone = oneAtATime();
  const calls = () => opportunityCalls(location);
  // Two at once would both find that there is none.
  const ensureAlone = (deal: Deal<FieldMap>, policy?: Partial<KeyedDealPolicy>): Promise<EnsureDealResult | DealUnknown> =>
    alone([deal.contactId], () => ensure(deal, policy ?? {}, parts));
  return {
    ensure: ensureAlone as EnsureDeal<FieldMap>,
    move: (id, move) => moveDeal(id, move, { calls: calls(), pipelines }),
    setValue: (id, value) => setDealValue(id, value, calls()),
    win: (id) => setDealStatus(id, "won", calls()),
    lose: (id, reason) => loseDeal(id, reason, { calls: calls(), pipelines }),
    abandon: (id) => setDealStatus(id, "abandoned", calls()),
    reopen: (id) => setDealStatus(id, "open", calls()),
    board: (pipeline, query = {}) => readBoard(pipeline, query, { location, pipelines }),
  };
}

interface Parts {
  readonly location: OpportunitiesClient;
  readonly fields: Fields;
  readonly pipelines: Pipelines;
  readonly settings: Cached<LocationSettings | undefined>;
  readonly recent: RecentIds;
  /** `undefined` without a journal. */
  readonly keyed: KeyedWriteSettings | undefined;
}

async function ensure(deal: Deal<object>, policy: Partial<KeyedDealPolicy>, parts: Parts): Promise<EnsureDealResult | DealUnknown> {
  // A key that is given and missing is a mistake: without it two may be made.
  if ("key" in policy) checkKey("ensure", policy.key);
  checkChoice("ensure", "one", policy.one, ["perPipeline", "perLocation"]);
  checkChoice("ensure", "statuses", policy.statuses, ["open", "any"]);
  checkChoice("ensure", "existing", policy.existing, ["fill", "update"]);
  checkChoice("ensure", "status", deal.status, ["open", "won", "lost", "abandoned"]);
  const checked = await checkDeal(deal, parts);
  if ("rejected" in checked) return { outcome: "rejected", fields: checked.rejected, calls: 0 };
  const calls = opportunityCalls(parts.location);
  const find = async (): Promise<{ readonly found: StagePlace } | { readonly rejected: readonly RejectedDealField[] }> => {
    const again = await checkDeal(deal, parts);
    return "rejected" in again ? again : { found: again.deal.place };
  };
  const rejected = (fields: readonly RejectedDealField[]): DealRejected => ({ outcome: "rejected", fields, calls: calls.count() });
  // A refusal that concerns this deal alone is an outcome.
  const atPlace = async <Result>(work: (sent: CheckedDeal) => Promise<Result>): Promise<Result | DealRejected> => {
    const write = (place: StagePlace): Promise<Result> => work({ ...checked.deal, place });
    try {
      const written = await writeAtPlace(checked.deal.place, { write, find, renew: parts.pipelines.renew });
      return "rejected" in written ? rejected(written.rejected) : written.result;
    } catch (error) {
      return rejected(refusedFields(error));
    }
  };
  const ensureNow = (): Promise<EnsureDealResult> =>
    atPlace(async (sent) => ensureDeal(sent, policy, { calls, settings: await parts.settings.get(), recent: parts.recent }));
  if (policy.key === undefined) return ensureNow();
  if (parts.keyed === undefined) throw ghlError("invalid_request", "A deal with a key needs `journal` in createOpportunities.", {});
  return ensureDealOnce(
    {
      key: `deal-ensure:${deal.contactId}:${policy.key}`,
      ensure: ensureNow,
      find: () => searchDeal(checked.deal, policy, { calls }),
      take: (id) => atPlace((sent) => takeDeal(id, sent, policy, { calls })),
      calls: calls.count,
    },
    parts.keyed,
  );
}

/** @throws what is no refusal of the deal itself */
function refusedFields(error: unknown): readonly RejectedDealField[] {
  if (isGhlError(error, "not_found")) return [{ field: "contactId", why: "unknown_contact", message: error.message }];
  if (!isGhlError(error, "validation")) throw error;
  return error.fields.map(({ field, message }) => ({ field, why: "refused", message }));
}

async function checkDeal(
  deal: Deal<object>,
  { fields, pipelines }: Parts,
): Promise<{ readonly deal: CheckedDeal } | { readonly rejected: readonly RejectedDealField[] }> {
  const { contactId, name, value, assignedTo, expectedCloseDate, stage } = deal;
  const rejected: RejectedDealField[] = [];
  const place = await pipelines.place(deal.pipeline, stage);
  if ("why" in place) rejected.push({ field: place.why.endsWith("_pipeline") ? "pipeline" : "stage", why: place.why });
  if (typeof name !== "string" || name.trim() === "") rejected.push({ field: "name", why: "invalid_value" });
  if (value !== undefined && !(Number.isFinite(value) && value >= 0)) rejected.push({ field: "value", why: "invalid_number" });
  const day = expectedCloseDate === undefined ? undefined : fieldDay(expectedCloseDate);
  if (expectedCloseDate !== undefined && day === undefined) rejected.push({ field: "expectedCloseDate", why: "invalid_date" });
  const custom = await fields.write("opportunity", (deal.fields ?? {}) as FieldInputs);
  if (custom.outcome === "rejected") rejected.push(...custom.fields);
  if ("why" in place || custom.outcome === "rejected" || rejected.length > 0) return { rejected };
  const values = {
    name: name.trim(),
    ...(value !== undefined && { monetaryValue: value }),
    ...(assignedTo !== undefined && { assignedTo }),
    ...(day !== undefined && { forecastExpectedCloseDate: day }),
    fields: custom.writes,
  };
  return { deal: { contactId, place: place.found, isStageGiven: stage !== undefined, status: deal.status ?? "open", values } };
}
