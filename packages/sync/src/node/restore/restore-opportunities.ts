import type { Create } from "@ghlkit/contract/types/opportunities";
import type { BackupLocation } from "../backup/location-names.ts";
import { definitions } from "../../kinds/definitions.ts";
import type { Wire } from "../../kinds/kind.ts";
import { textOf, timeOf } from "../../kinds/wire-values.ts";
import { shapeRecord } from "../../record/record-shape.ts";
import { currentValues, customValues, valueLosses } from "./custom-values.ts";
import { contactOf, type KindRestore, type MadeRecord, type RestoreContext } from "./kind-restore.ts";
import { changedFields, listTarget, readTarget } from "./target-records.ts";

/** Opportunities: recognised by id, or by contact, pipeline and name. */
export async function restoreOpportunities(context: RestoreContext): Promise<KindRestore> {
  const { names, existing } = context;
  const target = await listTarget("opportunities", context, {
    owner: ({ contactId }) => String(contactId),
    keys: (body) => [keyOf(body)],
    written: (body) => writable({ ...body, customFields: currentValues(body["customFields"]) }),
  });
  return {
    kind: "opportunities",
    idOf: ({ id }) => String(id),
    identity: ({ contactId }) => [String(contactId)],
    claim: (id, taker) => void target.claim(id, taker),
    has: (id) => target.has(id),
    plan: async (body, { location }) => {
      const contactId = contactOf(context, body["contactId"]);
      if (contactId === undefined) return { outcome: "left", why: "whose contact was not restored" };
      const place = names.stage(String(body["pipelineId"]), String(body["pipelineStageId"]));
      if (place === undefined) return { outcome: "left", why: "whose pipeline or stage the location does not have" };
      const assignedTo = names.user(textOf(body["assignedTo"]) ?? "");
      const wanted = writable({ ...body, ...place, contactId, assignedTo, customFields: customValues(body["customFields"], names) });
      const id = target.take(String(body["id"]), [keyOf(wanted)], contactId);
      if (id === undefined) {
        return {
          outcome: "create",
          create: async ({ opportunities }) => ({
            id: (await opportunities.create({ body: wanted as unknown as Create })).opportunity.id,
            isNew: true,
          }),
          find: async ({ opportunities }, since) => {
            const found: MadeRecord[] = [];
            for await (const item of opportunities.search({ contactId, status: "all", limit: 100 })) {
              const there = shapeRecord(definitions.opportunities, item as unknown as Wire)?.body ?? {};
              const isOne = (timeOf(there["createdAt"]) ?? 0) >= since && Object.keys(changeOf(wanted, there)).length === 0;
              if (isOne) found.push({ id: String(there["id"]), isNew: true });
            }
            return found;
          },
        };
      }
      if (existing === "keep" || target.isSame(id, wanted)) return { outcome: "unchanged", id };
      const current = await readTarget("opportunities", location, id);
      const change = current === undefined ? {} : changeOf(wanted, current);
      if (Object.keys(change).length === 0) return { outcome: "unchanged", id };
      return {
        outcome: "update",
        id,
        update: async ({ opportunities }) => void (await opportunities.update({ id, body: change as UpdateBody })),
      };
    },
    losses: (body) => [...(target.has(String(body["id"])) ? [orphaned] : []), ...opportunityLosses(body, context)],
  };
}

/** Those of a deleted contact stay without it. */
const orphaned = "beside those of a contact that was deleted, which stay in the location without it: delete these";

type UpdateBody = Parameters<BackupLocation["opportunities"]["update"]>[0]["body"];

function keyOf({ contactId, pipelineId, name }: Wire): string {
  return JSON.stringify([contactId, pipelineId, name]);
}

const written = [
  "contactId",
  "pipelineId",
  "pipelineStageId",
  "name",
  "status",
  "monetaryValue",
  "forecastExpectedCloseDate",
  "forecastProbability",
  "assignedTo",
  "customFields",
] as const;

/** What can be written of an opportunity. */
function writable(body: Wire): Wire {
  const isFilled = (value: unknown): boolean =>
    value !== undefined && value !== null && value !== "" && !(Array.isArray(value) && value.length === 0);
  return Object.fromEntries(written.flatMap((name) => (isFilled(body[name]) ? [[name, body[name]] as const] : [])));
}

function changeOf(wanted: Wire, current: Wire): Wire {
  const { contactId: _, ...fields } = wanted;
  return changedFields(fields, writable({ ...current, customFields: currentValues(current["customFields"]) }));
}

function opportunityLosses(body: Wire, { names }: RestoreContext): readonly string[] {
  const { assignedTo, followers, source, lostReasonId } = body;
  return [
    ...(textOf(assignedTo) !== undefined && names.user(String(assignedTo)) === undefined
      ? ["without their owner, who is no user of the location"]
      : []),
    ...(Array.isArray(followers) && followers.length > 0 ? ["without their followers"] : []),
    ...(textOf(source) !== undefined ? ["without their source, which the API does not take"] : []),
    ...(textOf(lostReasonId) !== undefined ? ["without the reason why they were lost"] : []),
    ...valueLosses(body["customFields"], names),
  ];
}
