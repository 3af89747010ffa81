import { unprocessable } from "../../http/refusal.ts";
import { isDay } from "../../validate/is-day.ts";
import type { Opportunity } from "../../state/opportunity.ts";
import type { State } from "../../state/state.ts";
import { queryText, type Call } from "../../call/call.ts";
import { fullName } from "../contacts/contact-view.ts";

const longestQuery = 75;

/** The filters of the search by query, in either generation's spelling. */
export function opportunityFilter(call: Call): (opportunity: Opportunity) => boolean {
  const { state } = call.world;
  const wanted = {
    pipelineId: queryText(call, "pipelineId") ?? queryText(call, "pipeline_id"),
    pipelineStageId: queryText(call, "pipelineStageId") ?? queryText(call, "pipeline_stage_id"),
    contactId: queryText(call, "contactId") ?? queryText(call, "contact_id"),
    assignedTo: queryText(call, "assignedTo") ?? queryText(call, "assigned_to"),
    id: queryText(call, "id"),
  };
  const status = queryText(call, "status");
  const text = queryText(call, "q")?.toLowerCase();
  if (text !== undefined && text.length > longestQuery)
    throw unprocessable([`q must be shorter than or equal to ${longestQuery} characters`], "documented");
  const country = queryText(call, "country");
  const from = readDate(call, "date", 0);
  const until = readDate(call, "endDate", 86_400_000);
  return (opportunity) => {
    for (const [name, value] of Object.entries(wanted)) {
      if (value !== undefined && opportunity[name as keyof typeof wanted] !== value) return false;
    }
    if (status !== undefined && status !== "all" && opportunity.status !== status) return false;
    // Its text says so: the range is that of the last change.
    const updatedAt = Date.parse(opportunity.updatedAt);
    if (updatedAt < from.min || updatedAt >= until.max) return false;
    if (country !== undefined && contactOf(opportunity, state)?.country !== country) return false;
    return text === undefined || opportunityText(opportunity, state).includes(text);
  };
}

/** What a free text search looks through: the opportunity's name and its contact. */
export function opportunityText(opportunity: Opportunity, state: State): string {
  const contact = contactOf(opportunity, state);
  return [opportunity.name, contact && fullName(contact), contact?.email, contact?.phone].filter(Boolean).join(" ").toLowerCase();
}

function contactOf(opportunity: Opportunity, state: State): ReturnType<State["contacts"]["get"]> {
  return opportunity.contactId === undefined ? undefined : state.contacts.get(opportunity.contactId);
}

/** `mm-dd-yyyy`; bounds that let everything through when absent. @throws Refusal 422 for what is no day */
function readDate(call: Call, name: string, addMs: number): { readonly min: number; readonly max: number } {
  const given = queryText(call, name);
  if (given === undefined) return { min: Number.NEGATIVE_INFINITY, max: Number.POSITIVE_INFINITY };
  const [, month = "", day = "", year = ""] = /^(\d{1,2})-(\d{1,2})-(\d{4})$/.exec(given) ?? [];
  const text = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  if (!isDay(text)) throw unprocessable([`${name} must be in MM-DD-YYYY format`], "inferred");
  const time = Date.parse(text) + addMs;
  return { min: time, max: time };
}
