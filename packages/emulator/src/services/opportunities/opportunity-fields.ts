import type { Opportunity } from "../../state/opportunity.ts";
import type { State } from "../../state/state.ts";
import type { FilterField, FilterOperator } from "../search/match-filter.ts";

const texts: readonly FilterOperator[] = ["eq", "not_eq", "contains", "not_contains", "exists", "not_exists"];
const ids: readonly FilterOperator[] = ["eq", "not_eq", "exists", "not_exists"];
const numbers: readonly FilterOperator[] = ["eq", "not_eq", "range", "exists", "not_exists"];
const dates: readonly FilterOperator[] = ["range", "exists", "not_exists"];

const operators: Readonly<Partial<Record<keyof Opportunity, readonly FilterOperator[]>>> = {
  id: ids,
  name: texts,
  status: ids,
  source: texts,
  pipelineId: ids,
  pipelineStageId: ids,
  contactId: ids,
  assignedTo: ids,
  followers: ids,
  lostReasonId: ids,
  monetaryValue: numbers,
  forecastProbability: numbers,
  createdAt: dates,
  updatedAt: dates,
  lastStatusChangeAt: dates,
  lastStageChangeAt: dates,
  forecastExpectedCloseDate: dates,
};

/** Names that searches use for fields whose answers have another one. */
const aliases: Readonly<Record<string, keyof Opportunity>> = {
  dateAdded: "createdAt",
  dateUpdated: "updatedAt",
  stageId: "pipelineStageId",
  lastStatusChangeDate: "lastStatusChangeAt",
  lastStageChangeDate: "lastStageChangeAt",
};

/** A field that a search filters or sorts by, in either spelling: `pipelineId`, `pipeline_id`. `undefined` when there is none of that name. */
export function opportunityField(name: string, locationId: string, state: State): FilterField<Opportunity> | undefined {
  if (name.startsWith("customFields.")) return customField(name.slice("customFields.".length), locationId, state);
  const camel = name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  const property = Object.hasOwn(aliases, camel) ? (aliases[camel] as keyof Opportunity) : (camel as keyof Opportunity);
  const taken = Object.hasOwn(operators, property) ? operators[property] : undefined;
  return taken === undefined ? undefined : { operators: taken, read: (opportunity) => opportunity[property] };
}

function customField(id: string, locationId: string, state: State): FilterField<Opportunity> | undefined {
  const isDefined = state.customFields.group(locationId).some((field) => field.id === id && field.model === "opportunity");
  if (!isDefined) return undefined;
  return { operators: [...texts, "range"], read: ({ customFields }) => customFields.find((item) => item.id === id)?.value };
}
