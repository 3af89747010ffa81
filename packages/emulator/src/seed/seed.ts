import type { AppIdentity } from "../oauth/app-identity.ts";

/** What is there from the start, and the tokens that open it. The same seed text gives the same values. */
export interface Seed {
  readonly companyId: string;
  readonly companyName: string;
  /** The location most examples use. */
  readonly locationId: string;
  /** Another location of the same company. */
  readonly secondLocationId: string;
  readonly app: SeedApp;
  readonly tokens: SeedTokens;
  readonly users: { readonly admin: string; readonly member: string; readonly agencyOwner: string; readonly secondLocation: string };
  readonly pipelineId: string;
  /** In pipeline order. */
  readonly stageIds: readonly string[];
  readonly workflowIds: readonly string[];
  /** A workflow that is not published. */
  readonly draftWorkflowId: string;
  readonly campaignId: string;
  readonly calendarId: string;
  readonly businessId: string;
  /** Field key → id, for contacts and opportunities. */
  readonly customFieldIds: Readonly<Record<string, string>>;
  readonly lostReasonIds: readonly string[];
  /** Conversation providers of the seeded app, by what they carry, and one of another app. */
  readonly conversationProviders: Readonly<Record<"sms" | "email" | "custom" | "call" | "foreign", string>>;
}

/** The marketplace app. It is installed on the company and both locations. */
export type SeedApp = AppIdentity;

/** Bearer tokens by what they are for. */
export interface SeedTokens {
  /** Private integration of the location, every scope. */
  readonly location: string;
  /** Private integration of the company, every scope. */
  readonly agency: string;
  /** Private integration of the second location, every scope. */
  readonly secondLocation: string;
  /** Private integration of the location that may only read contacts. */
  readonly contactsReadonly: string;
  /** Private integration of the location that may read everything and write nothing. */
  readonly readonly: string;
  /** OAuth access token of the app for the location. */
  readonly appLocation: string;
  /** OAuth access token of the app for the company. */
  readonly appCompany: string;
  /** Refresh token that belongs to `appLocation`: good for one use. */
  readonly appLocationRefresh: string;
  /** Refresh token that belongs to `appCompany`: good for one use. */
  readonly appCompanyRefresh: string;
}
