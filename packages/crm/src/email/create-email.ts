import type { TemplateListItemPublicV2 } from "@ghlkit/contract/types/emails";
import { checkNumber, systemClock, type Clock } from "@ghlkit/core";
import type { Journal } from "@ghlkit/storage";
import { listCampaigns, readStatistics, type Campaign, type CampaignSource, type EmailStatistics } from "./email-campaign.ts";
import type { EmailClient } from "./email-settings.ts";
import {
  createTemplate,
  listTemplates,
  previewTemplate,
  updateTemplate,
  type CreateTemplateResult,
  type NewTemplate,
  type TemplateContent,
  type TemplateHead,
  type TemplatePreview,
  type UpdateTemplateResult,
} from "./email-template.ts";

/** Options of {@link createEmail}. */
export interface EmailOptions {
  /** `storage.journal` of any engine: keeps which templates were made. */
  readonly journal: Journal;
  /** Part of the keys in the journal. @default keys are shared by all locations of the journal */
  readonly locationId?: string;
  /** Ms after which a template that is not listed was not made: longer than a request may be under way. @default 60_000 */
  readonly settleMs?: number;
  /** How long after the death of this process another one waits before it looks what became of its template, in ms. @default 30_000 */
  readonly leaseMs?: number;
  /** @default the machine's clock */
  readonly clock?: Clock;
}

/** Templates and campaigns of one location. */
export interface LocationEmail {
  readonly templates: (query?: { readonly search?: string }) => AsyncIterableIterator<TemplateListItemPublicV2>;
  /** Makes a template at most once per key. @throws GhlError for outages and authorisation. */
  readonly createTemplate: (template: NewTemplate) => Promise<CreateTemplateResult>;
  /** Changes what is given, and nothing else. */
  readonly updateTemplate: (
    templateId: string,
    changes: TemplateHead & Partial<TemplateContent> & { readonly name?: string },
  ) => Promise<UpdateTemplateResult>;
  /** Where a template can be looked at; `undefined` when there is none. */
  readonly preview: (templateId: string) => Promise<TemplatePreview | undefined>;
  readonly campaigns: (query?: { readonly sources?: readonly CampaignSource[] }) => AsyncIterableIterator<Campaign>;
  /** How the e-mails of a campaign fared; `undefined` when there is none. */
  readonly statistics: (campaign: Pick<Campaign, "source" | "id">) => Promise<EmailStatistics | undefined>;
}

/** Makes the e-mail of one location. @throws GhlError `invalid_request` for numbers that are none. */
export function createEmail(location: EmailClient, options: EmailOptions): LocationEmail {
  const { clock = systemClock, settleMs = 60_000, leaseMs = 30_000, journal, locationId = "" } = options;
  checkNumber("createEmail", "settleMs", settleMs);
  checkNumber("createEmail", "leaseMs", leaseMs, { above: true });
  const settings = { location, journal, locationId, settleMs, leaseMs, clock };
  return {
    templates: ({ search } = {}) => listTemplates(location, search),
    createTemplate: (template) => createTemplate(template, settings),
    updateTemplate: (templateId, changes) => updateTemplate(templateId, changes, settings),
    preview: (templateId) => previewTemplate(templateId, settings),
    campaigns: ({ sources } = {}) => listCampaigns(location, sources),
    statistics: (campaign) => readStatistics(location, campaign),
  };
}
