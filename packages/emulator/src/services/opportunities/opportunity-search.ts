import { reply } from "../../http/answer.ts";
import { badRequest, unprocessable } from "../../http/refusal.ts";
import type { Opportunity } from "../../state/opportunity.ts";
import { locationOf, queryFlag, queryNumber, queryText, type Call } from "../../call/call.ts";
import { taskView } from "../contacts/contact-tasks.ts";
import { eventView } from "../calendars/appointment-view.ts";
import type { Handlers } from "../../call/handler.ts";
import { startAfter } from "../../call/start-after.ts";
import { opportunityFilter } from "./opportunity-filter.ts";
import { opportunityView, searchedFields } from "./opportunity-view.ts";
import { searchOpportunities } from "./search-advanced.ts";

/** What a search adds to each opportunity. */
interface Details {
  readonly notes: boolean;
  readonly tasks: boolean;
  readonly calendarEvents: boolean;
}

/** Searches and lost reasons. */
export const opportunityListHandlers: Handlers = {
  "opportunities.search": (call) => {
    const limit = queryNumber(call, "limit", 20);
    // Here it is 400, not 422 as elsewhere.
    if (limit > 100) throw badRequest("limit must not be greater than 100", { error: "Bad Request" }, "reported");
    const found = call.world.state.opportunities.group(locationOf(call)).filter(opportunityFilter(call)).toSorted(orderOf(call));
    const start = startOf(call, found, limit);
    const page = found.slice(start, start + limit);
    const details = {
      notes: queryFlag(call, "getNotes") === true,
      tasks: queryFlag(call, "getTasks") === true,
      calendarEvents: queryFlag(call, "getCalendarEvents") === true,
    };
    return reply(200, {
      opportunities: page.map((opportunity) => withDetails(call, opportunity, details)),
      meta: metaOf(call, page, found.length, start, limit),
      aggregations: {},
    });
  },

  "opportunities.searchAdvanced": (call) => {
    const { found, page, cursorOf } = searchOpportunities(call);
    const details = {
      notes: false,
      tasks: false,
      calendarEvents: false,
      ...(call.body["additionalDetails"] as Partial<Details> | undefined),
    };
    return reply(201, {
      opportunities: page.map((opportunity) => ({
        ...withDetails(call, opportunity, details),
        ...searchedFields(opportunity, call.world.state),
        sort: cursorOf(opportunity),
        searchAfter: cursorOf(opportunity),
      })),
      total: found.length,
      ...(call.generation === "v3" && { stageAggregations: stageAggregations(found) }),
      aggregations: {},
    });
  },

  "opportunities.listLostReasons": (call) => {
    const query = (queryText(call, "query") ?? queryText(call, "name"))?.toLowerCase();
    const found = call.world.state.lostReasons
      .group(locationOf(call))
      .filter((reason) => query === undefined || reason.name.toLowerCase().includes(query));
    const skip = queryNumber(call, "skip", 0);
    return reply(200, { lostReasons: found.slice(skip, skip + queryNumber(call, "limit", 100)), total: found.length });
  },
};

function withDetails(call: Call, opportunity: Opportunity, details: Details): Record<string, unknown> {
  const { state } = call.world;
  const contactId = opportunity.contactId ?? "";
  return {
    ...opportunityView(opportunity, state, call.generation),
    ...(details.notes && { notes: state.notes.group(contactId) }),
    ...(details.tasks && { tasks: state.tasks.group(contactId).map(taskView) }),
    ...(details.calendarEvents && {
      calendarEvents: state.appointments
        .group(opportunity.locationId)
        .filter((event) => event.contactId === contactId && event.deleted !== true)
        .map(eventView),
    }),
  };
}

/** `startAfter` + `startAfterId` win over `page`. */
function startOf(call: Call, found: readonly Opportunity[], limit: number): number {
  const afterId = queryText(call, "startAfterId");
  const afterMs = queryNumber(call, "startAfter", Number.NaN);
  const order = queryText(call, "order");
  // The cursor names the time of creation, which decides of the place in the usual order alone.
  const isBehind = ({ id, createdAt }: Opportunity): boolean =>
    (order === undefined || order === "added_desc") &&
    (Date.parse(createdAt) < afterMs || (Date.parse(createdAt) === afterMs && id > (afterId ?? "")));
  if (afterId !== undefined) return startAfter(found, afterId, { idOf: ({ id }) => id, isBehind });
  return (Math.max(1, queryNumber(call, "page", 1)) - 1) * limit;
}

function metaOf(call: Call, page: readonly Opportunity[], total: number, start: number, limit: number): Record<string, unknown> {
  const last = page.at(-1);
  const currentPage = Math.floor(start / limit) + 1;
  const hasMore = start + page.length < total;
  const next = new URLSearchParams({
    [call.generation === "v3" ? "locationId" : "location_id"]: locationOf(call),
    limit: String(limit),
    startAfter: String(last && Date.parse(last.createdAt)),
    startAfterId: last?.id ?? "",
  });
  return {
    total,
    ...(hasMore && { nextPageUrl: `${call.origin}/opportunities/search?${next}` }),
    // The cursor is there on the last page too: what follows it is empty.
    ...(last !== undefined && { startAfterId: last.id, startAfter: Date.parse(last.createdAt) }),
    currentPage,
    nextPage: hasMore ? currentPage + 1 : null,
    prevPage: currentPage > 1 ? currentPage - 1 : null,
  };
}

type Order = (a: Opportunity, b: Opportunity) => number;

const newestFirst: Order = (a, b) => byText(b.createdAt, a.createdAt) || byText(a.id, b.id);

function orderOf(call: Call): Order {
  switch (queryText(call, "order")) {
    case undefined:
    case "added_desc":
      return newestFirst;
    case "added_asc":
      return (a, b) => byText(a.createdAt, b.createdAt) || byText(a.id, b.id);
    case "name_asc":
      return (a, b) => byText(a.name, b.name) || byText(a.id, b.id);
    case "name_desc":
      return (a, b) => byText(b.name, a.name) || byText(a.id, b.id);
    default:
      throw unprocessable(["order must be one of the following values: added_asc, added_desc, name_asc, name_desc"], "inferred");
  }
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function stageAggregations(found: readonly Opportunity[]): readonly Record<string, unknown>[] {
  return [...Map.groupBy(found, (opportunity) => opportunity.pipelineStageId)].map(([pipelineStageId, members]) => {
    const sum = (status?: string): number =>
      members
        .filter((member) => status === undefined || member.status === status)
        .reduce((total, member) => total + member.monetaryValue, 0);
    const weighted = (status?: string): number =>
      members
        .filter((member) => status === undefined || member.status === status)
        .reduce((total, member) => total + (member.monetaryValue * (member.forecastProbability ?? 100)) / 100, 0);
    return {
      pipelineStageId,
      totalCount: members.length,
      totalValue: sum(),
      weightedValue: weighted(),
      openValue: sum("open"),
      openWeightedValue: weighted("open"),
      wonValue: sum("won"),
    };
  });
}
