import { relative } from "node:path";
import { createContacts } from "@ghlkit/crm/contacts";
import { createOpportunities } from "@ghlkit/crm/opportunities";
import { isGhlError } from "ghlkit";
import { openAccount } from "./account.ts";
import { explain } from "./explain.ts";
import { findFunnel } from "./funnel.ts";
import type { Lead } from "./lead.ts";
import { readOptions } from "./options.ts";
import { previewLead } from "./preview-lead.ts";
import { createProgressBar } from "./progress-bar.ts";
import { pushLead } from "./push-lead.ts";
import { readLeads } from "./read-leads.ts";
import { writeOutcomes } from "./result-file.ts";
import { runLeads } from "./run-leads.ts";
import { remarks, summaryTable } from "./summary.ts";
import { UsageError } from "./usage-error.ts";

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof UsageError) && !isGhlError(error)) throw error;
  console.error(`lead-management: ${explain(error)}`);
  process.exitCode = 2;
}

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2), process.env);
  const rows = await readLeads(options.csv);
  const account = await openAccount(options.live, options.oauth);
  try {
    const funnel = await findFunnel(account.client);
    console.log(`Pushing ${rows.length} leads of ${relative(process.cwd(), options.csv)} into ${account.description}`);
    console.log(`  opportunities enter ${funnel.stageName}; follow-up workflow: ${funnel.workflow?.name ?? "none published"}\n`);
    const started = performance.now();
    const bar = createProgressBar(rows.length, process.stdout);
    const { client, sendMessages } = account;
    const target = { client, funnel, contacts: createContacts(client), opportunities: createOpportunities(client) };
    const work = account.write ? (lead: Lead) => pushLead(target, lead, { sendMessages }) : (lead: Lead) => previewLead(client, lead);
    const outcomes = await runLeads(rows, work, { concurrency: options.concurrency, onDone: bar.step });
    bar.end();
    await writeOutcomes(options.out, outcomes);
    const { sent, throttled } = account.calls();
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    console.log(`\n${summaryTable(outcomes)}`);
    for (const line of remarks(outcomes, 5)) console.log(line);
    console.log(
      `\n${sent} calls in ${seconds} s, ${throttled} × 429. One outcome and reason per row: ${relative(process.cwd(), options.out)}`,
    );
    return outcomes.some(({ outcome }) => outcome === "failed" || outcome === "rejected") ? 1 : 0;
  } finally {
    await account.close();
  }
}
