import { isGhlError } from "@ghlkit/core";
import type { ChangeDealResult, RejectedDealField } from "./deal-result.ts";
import type { Opportunity } from "./opportunities-client.ts";
import type { OpportunityCalls } from "./opportunity-calls.ts";
import type { Pipelines } from "./pipelines.ts";

/** Sets the value, in major units. */
export async function setDealValue(id: string, value: number, calls: OpportunityCalls): Promise<ChangeDealResult> {
  if (!Number.isFinite(value) || value < 0) return rejectedChange([{ field: "value", why: "invalid_number" }], calls);
  return change(
    id,
    calls,
    (before) => (before.monetaryValue ?? 0) === value,
    () => calls.update(id, { monetaryValue: value }),
  );
}

/** Marks it as won, abandoned or open again. */
export async function setDealStatus(id: string, status: "won" | "open" | "abandoned", calls: OpportunityCalls): Promise<ChangeDealResult> {
  return change(
    id,
    calls,
    (before) => before.status === status,
    () => calls.update(id, { status }),
  );
}

/** Marks it as lost, for a reason that the location lists. */
export async function loseDeal(
  id: string,
  reason: string | undefined,
  { calls, pipelines }: { readonly calls: OpportunityCalls; readonly pipelines: Pipelines },
): Promise<ChangeDealResult> {
  const named = reason === undefined ? undefined : await pipelines.lostReason(reason);
  if (named !== undefined && "why" in named) return rejectedChange([{ field: "reason", why: named.why }], calls);
  const lostReasonId = named?.found.id;
  const isDone = (before: Opportunity): boolean =>
    before.status === "lost" && (lostReasonId === undefined || before.lostReasonId === lostReasonId);
  return change(id, calls, isDone, async (before) => {
    // The answer of this call shows no opportunity.
    await calls.setStatus(id, { status: "lost", ...(lostReasonId !== undefined && { lostReasonId }) });
    return (await calls.get(id)) ?? before;
  });
}

async function change(
  id: string,
  calls: OpportunityCalls,
  isDone: (before: Opportunity) => boolean,
  write: (before: Opportunity) => Promise<Opportunity>,
): Promise<ChangeDealResult> {
  const before = await calls.get(id);
  if (before === undefined) return { outcome: "not_found", calls: calls.count() };
  if (isDone(before)) return { outcome: "unchanged", opportunity: before, calls: calls.count() };
  try {
    const opportunity = await write(before);
    return { outcome: "updated", opportunity, calls: calls.count() };
  } catch (error) {
    if (!isGhlError(error, "validation")) throw error;
    return rejectedChange(
      error.fields.map(({ field, message }) => ({ field, why: "refused", message })),
      calls,
    );
  }
}

function rejectedChange(fields: readonly RejectedDealField[], calls: OpportunityCalls): ChangeDealResult {
  return { outcome: "rejected", fields, calls: calls.count() };
}
