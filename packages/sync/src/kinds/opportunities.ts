import type { KindDefinition } from "./kind.ts";
import { listedPage, textOf, timeOf, unlessMissing } from "./wire-values.ts";

/** Opportunities: listed by the time of their creation. The platform cannot list those that were changed. */
export const opportunities: KindDefinition = {
  kind: "opportunities",
  id: "id",
  ignored: ["contact", "searchAfter", "sort", "notes", "tasks", "calendarEvents", "relations", "indexVersion", "traceId"],
  compared: [
    "name",
    "monetaryValue",
    "pipelineId",
    "pipelineStageId",
    "status",
    "assignedTo",
    "source",
    "contactId",
    "lostReasonId",
    "followers",
    "customFields",
    "forecastExpectedCloseDate",
    "forecastProbability",
    "lastStatusChangeAt",
    "lastStageChangeAt",
    "createdAt",
    "updatedAt",
  ],
  version: ({ updatedAt, createdAt }) => timeOf(updatedAt) ?? timeOf(createdAt),
  agedBy: ({ updatedAt, createdAt }) => timeOf(updatedAt) ?? timeOf(createdAt),
  contactOf: ({ contactId }) => textOf(contactId),
  columns: {
    name: ["name", "text"],
    contact_id: ["contactId", "text"],
    pipeline_id: ["pipelineId", "text"],
    pipeline_stage_id: ["pipelineStageId", "text"],
    status: ["status", "text"],
    value: ["monetaryValue", "number"],
    source: ["source", "text"],
    assigned_to: ["assignedTo", "text"],
    custom_fields: ["customFields", "json"],
    status_changed_at: ["lastStatusChangeAt", "text"],
    stage_changed_at: ["lastStageChangeAt", "text"],
    created_at: ["createdAt", "text"],
    updated_at: ["updatedAt", "text"],
  },
  list: async function* (location, { cursor }) {
    const options = typeof cursor === "string" ? { resume: cursor } : {};
    const search = location.opportunities.search({ status: "all", order: "added_asc", limit: 100 }, options);
    for await (const page of search.pages()) yield listedPage(page);
  },
  read: async ({ opportunities: service }, id) => (await unlessMissing(service.get({ id })))?.opportunity,
};
