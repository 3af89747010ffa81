import { unprocessable } from "../../http/refusal.ts";

const statuses: ReadonlySet<string> = new Set(["new", "confirmed", "cancelled", "showed", "noshow", "invalid"]);
/** Accepted, and stored under another name. `active` is the document's; only that of `completed` was seen. */
const aliases: Readonly<Record<string, string>> = { completed: "showed", active: "confirmed" };
const states: Readonly<Record<string, string>> = { new: "pending", confirmed: "active", showed: "completed" };

/**
 * A status as it is stored; any may follow any.
 *
 * @throws Refusal 422 for a status that there is not.
 */
export function readStatus(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  const status = aliases[String(value)] ?? String(value);
  if (!statuses.has(status)) throw unprocessable(["appointmentStatus must be a valid enum value"], "reported");
  return status;
}

/** What stands beside the status of an appointment. */
export function statusDetails(status: string, oldStatus?: string): Readonly<Record<string, unknown>> {
  return { status, state: states[status] ?? status, ...(oldStatus !== undefined && { oldStatus }), translatable: true };
}
