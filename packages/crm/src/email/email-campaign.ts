import type { EmailStatsNumbersPublicV2 } from "@ghlkit/contract/types/emails";
import { isGhlError } from "@ghlkit/core";
import type { EmailClient } from "./email-settings.ts";

/** Where e-mails to many come from: campaigns, workflows, and bulk actions on contacts. */
export type CampaignSource = "email-campaigns" | "workflow-campaigns" | "bulk-actions";

/** A campaign of any source. */
export interface Campaign {
  readonly id: string;
  readonly source: CampaignSource;
  readonly name: string | undefined;
  /** Each source has its own. */
  readonly status: string | undefined;
  /** ISO 8601. */
  readonly createdAt: string | undefined;
}

/** How the e-mails of a campaign fared, in numbers of e-mails, and rates in per cent. */
export type EmailStatistics = EmailStatsNumbersPublicV2;

const allSources: readonly CampaignSource[] = ["email-campaigns", "workflow-campaigns", "bulk-actions"];

/** Campaigns of the location, source by source. */
export async function* listCampaigns(
  { emails }: EmailClient,
  sources: readonly CampaignSource[] = allSources,
): AsyncGenerator<Campaign, void, undefined> {
  const query = { limit: 20 };
  for (const source of sources) {
    const found =
      source === "email-campaigns"
        ? emails.listCampaigns(query)
        : source === "workflow-campaigns"
          ? emails.listWorkflowCampaigns(query)
          : emails.listBulkActionCampaigns(query);
    for await (const { sourceId, id, name, status, createdAt } of found) yield { id: sourceId ?? id, source, name, status, createdAt };
  }
}

/** Statistics of a campaign; `undefined` when there is none. */
export async function readStatistics(
  { emails }: EmailClient,
  { source, id }: Pick<Campaign, "source" | "id">,
): Promise<EmailStatistics | undefined> {
  try {
    return (await emails.getCampaignStats({ source, sourceId: id }, { fresh: true })).stats;
  } catch (error) {
    if (isGhlError(error, "not_found")) return undefined;
    throw error;
  }
}
