import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { Outcome } from "./lead.ts";

const header = "line,outcome,contact_id,opportunity_id,follow_ups,reason";

/** Writes one outcome and reason per row. */
export async function writeOutcomes(path: string, outcomes: readonly Outcome[]): Promise<void> {
  const lines = outcomes.map((one) =>
    [String(one.line), one.outcome, one.contactId ?? "", one.opportunityId ?? "", one.followUps.join(" "), one.reason]
      .map(csvField)
      .join(","),
  );
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `${[header, ...lines].join("\n")}\n`);
}

/** Quoted where needed; a leading formula character would run in a spreadsheet. */
function csvField(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
