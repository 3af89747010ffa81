import { isGhlError } from "ghlkit";
import type { Lead, LeadRow, Outcome } from "./lead.ts";
import { normaliseLead } from "./normalise-lead.ts";

export interface RunOptions {
  /** Rows worked on at once. Two rows of one person never run side by side. */
  readonly concurrency: number;
  readonly onDone: (outcome: Outcome) => void;
}

/** Works through the rows and gives one outcome for each, in the order of the file. A row that fails stops no other. */
export async function runLeads(
  rows: readonly LeadRow[],
  work: (lead: Lead) => Promise<Outcome>,
  options: RunOptions,
): Promise<readonly Outcome[]> {
  const outcomes = new Map<number, Outcome>();
  const finish = (outcome: Outcome): void => {
    outcomes.set(outcome.line, outcome);
    options.onDone(outcome);
  };
  const leads: Lead[] = [];
  for (const row of rows) {
    const normalised = normaliseLead(row, "US");
    if ("lead" in normalised) leads.push(normalised.lead);
    else
      finish({
        line: row.line,
        outcome: "rejected",
        contactId: undefined,
        opportunityId: undefined,
        followUps: [],
        reason: normalised.reason,
      });
  }
  const queue = inLanes(leads);
  const worker = async (): Promise<void> => {
    for (let lane = queue.shift(); lane !== undefined; lane = queue.shift()) for (const lead of lane) finish(await attempt(lead, work));
  };
  await Promise.all(Array.from({ length: options.concurrency }, worker));
  return rows.flatMap((row) => outcomes.get(row.line) ?? []);
}

async function attempt(lead: Lead, work: (lead: Lead) => Promise<Outcome>): Promise<Outcome> {
  try {
    return await work(lead);
  } catch (error) {
    if (!isGhlError(error)) throw error;
    return {
      line: lead.line,
      outcome: "failed",
      contactId: undefined,
      opportunityId: undefined,
      followUps: [],
      reason: `${error.code}: ${error.message}`,
    };
  }
}

/** Rows that share an e-mail or a phone go one after the other, so that the first one is there when the second comes. */
function inLanes(leads: readonly Lead[]): Lead[][] {
  const laneOf = new Map<string, Lead[]>();
  const lanes: Lead[][] = [];
  for (const lead of leads) {
    const keys = [lead.email, lead.phone].filter((key) => key !== undefined);
    const lane = keys.map((key) => laneOf.get(key)).find((known) => known !== undefined) ?? [];
    if (lane.length === 0) lanes.push(lane);
    lane.push(lead);
    for (const key of keys) if (!laneOf.has(key)) laneOf.set(key, lane);
  }
  return lanes;
}
