// E-mail of a location
export { createEmail, type EmailOptions, type LocationEmail } from "./create-email.ts";
export type { EmailClient } from "./email-settings.ts";

// Templates
export type {
  CreateTemplateResult,
  NewTemplate,
  TemplateContent,
  TemplateHead,
  TemplatePreview,
  UpdateTemplateResult,
} from "./email-template.ts";

// Campaigns
export type { Campaign, CampaignSource, EmailStatistics } from "./email-campaign.ts";
