import { badRequest } from "../../http/refusal.ts";
import type { Evidence } from "../../http/answer.ts";
import type { ResourceRecord } from "../../state/resource-record.ts";

/** @throws Refusal 400 in one of the statuses. */
export function refuseStatus({ fields }: ResourceRecord, statuses: readonly string[], act: string, evidence: Evidence = "inferred"): void {
  const status = String(fields["status"]);
  if (statuses.includes(status)) throw badRequest(`A ${status} invoice cannot be ${act}`, {}, evidence);
}
