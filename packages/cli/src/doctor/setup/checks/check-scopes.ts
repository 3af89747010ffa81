import { operationTable, type OperationId } from "@ghlkit/contract";
import { isGhlError, type LocationClient } from "ghlkit";
import type { SetupCheck } from "../setup-check.ts";

/** One read for each of the commonest scopes. None of them writes. */
const reads: readonly (readonly [OperationId, (location: LocationClient) => Promise<unknown>])[] = [
  ["contacts.search", (location) => location.contacts.search({ body: { pageLimit: 1 } })],
  ["opportunities.listPipelines", (location) => location.opportunities.listPipelines()],
  ["conversations.search", (location) => location.conversations.search({ limit: 1 })],
  ["calendars.list", (location) => location.calendars.list()],
  ["workflows.list", (location) => location.workflows.list()],
  ["locations.listTags", (location) => location.locations.listTags()],
  ["locations.listCustomFields", (location) => location.locations.listCustomFields()],
];

/** Which scopes the token has can only be tried: the platform does not say it of a private token. */
export async function checkScopes(location: LocationClient): Promise<SetupCheck> {
  const has: string[] = [];
  const lacks: string[] = [];
  const unclear: string[] = [];
  for (const [id, read] of reads) {
    const scope = operationTable.operation(id)?.scopes?.join(" or ") ?? id;
    try {
      await read(location);
      has.push(scope);
    } catch (error) {
      if (!isGhlError(error)) throw error;
      if (error.code === "scope_missing") lacks.push(scope);
      else unclear.push(`${id} failed with ${error.code}`);
    }
  }
  const parts = [`has ${has.join(", ") || "none of those tried"}`, ...(lacks.length > 0 ? [`lacks ${lacks.join(", ")}`] : []), ...unclear];
  return {
    name: "scopes",
    verdict: unclear.length > 0 ? "warning" : "info",
    detail: `${parts.join("; ")}.`,
    ...((lacks.length > 0 || unclear.length > 0) && { action: "ghlkit scopes --source src shows which of them your code needs." }),
  };
}

/** What an app was granted stands with its tokens. */
export function grantedScopes(scopes: readonly string[]): SetupCheck {
  return {
    name: "scopes",
    verdict: "info",
    detail: `granted: ${scopes.join(", ") || "none that is known"}.`,
    action: "ghlkit scopes --source src compares them with what your code needs.",
  };
}
