import { checkNumbers } from "./bounds/check-value.ts";
import type { TimeSource } from "./clock/emulator-clock.ts";
import { resolveCalendars, type CalendarChoices, type CalendarOptions } from "./switches/calendar-switches.ts";
import { resolveCommerce, type CommerceChoices, type CommerceOptions } from "./switches/commerce-switches.ts";
import type { ContractSource } from "./contract/contract-source.ts";
import { resolveOAuthOptions, type OAuthOptions, type ResolvedOAuthOptions } from "./oauth/oauth-options.ts";
import type { MessageTimeline } from "./services/conversations/delivery-timeline.ts";
import type { RateWindowKind } from "./rate/rate-window.ts";
import type { SwitchOptions } from "./switches/switch-options.ts";
import { resolvePlatformSwitches } from "./switches/platform-switches.ts";
import { resolveWebhookOptions, type ResolvedWebhookOptions, type WebhookOptions } from "./webhooks/webhook-options.ts";

/** What `createEmulator` takes. Everything has a default. */
export interface EmulatorOptions extends OAuthOptions, SwitchOptions {
  /** Text from which ids, tokens and samples are derived. Default `"ghlkit"`. */
  readonly seed?: string;
  /** Where time comes from: a `Clock` of ghlkit, or anything with `now`. Default: the machine. */
  readonly clock?: TimeSource;
  /** `sandbox`: 25 requests per window and 10 000 per day, as sandbox accounts have. Default `"production"`: 100 and 200 000. */
  readonly limits?: "production" | "sandbox";
  /** Requests allowed per window, per app and resource. Default: that of `limits`. */
  readonly burstLimit?: number;
  /** Length of the window in milliseconds. Default 10 000. */
  readonly burstWindowMs?: number;
  /** Requests allowed per day (UTC), per app and resource. Default: that of `limits`. */
  readonly dailyLimit?: number;
  /** Refuse with 429 when the day's requests are used up. Default `true`; counting and headers stay when off. */
  readonly enforceDailyQuota?: boolean;
  /** Refuse with 429 when the window's requests are used up. Default `true`; counting and headers stay when off. */
  readonly enforceBurstLimit?: boolean;
  /** `fixed`: all slots come back when the window ends. `sliding`: each comes back a window after its use. Default `"fixed"`. */
  readonly rateWindow?: RateWindowKind;
  /** Body of a 429, which the platform does not document. */
  readonly rateLimitBody?: Readonly<Record<string, unknown>>;
  /** What is not known of invoices, payments and products, one switch each. */
  readonly commerce?: CommerceOptions;
  /** What is not known of calendars and appointments, one switch each. */
  readonly calendars?: CalendarOptions;
  /** Text of the 401 for a token past its time, which the platform does not document. Default `"Invalid JWT"`. */
  readonly expiredTokenMessage?: string;
  /** When messages that the platform carries itself are sent and delivered. Default: after 1 s and 3 s. */
  readonly messageTimeline?: Partial<MessageTimeline>;
  /** How many requests the journal keeps. Default 1000; 0 keeps none. */
  readonly journalSize?: number;
  /** Bytes of a request's body; longer ones get 413. Default 33 554 432 (32 MiB); the platform takes files of up to 25 MB. */
  readonly maxBodyBytes?: number;
  /** Where webhooks go, and how the platform treats them. Default: nowhere. */
  readonly webhooks?: WebhookOptions;
  /** Another contract than the packaged one. */
  readonly contract?: ContractSource;
}

/** Options after defaults. */
export type ResolvedOptions = Readonly<
  Required<Omit<EmulatorOptions, "calendars" | "clock" | "commerce" | "contract" | "messageTimeline" | "webhooks" | keyof OAuthOptions>>
> &
  ResolvedOAuthOptions & {
    readonly webhooks: ResolvedWebhookOptions;
    readonly messageTimeline: MessageTimeline;
    readonly commerce: CommerceChoices;
    readonly calendars: CalendarChoices;
  };

const ranges = {
  burstLimit: { from: 1, to: Number.MAX_SAFE_INTEGER },
  burstWindowMs: { from: 1, to: Number.MAX_SAFE_INTEGER },
  dailyLimit: { from: 1, to: Infinity },
  journalSize: { from: 0, to: 1_000_000, whole: true },
  maxBodyBytes: { from: 1, to: 1_073_741_824, whole: true },
} as const;

/** @throws BoundsError for a number out of its range. */
export function resolveOptions(options: EmulatorOptions): ResolvedOptions {
  checkNumbers(options, ranges);
  const { limits = "production" } = options;
  return {
    limits,
    ...resolveOAuthOptions(options),
    ...resolvePlatformSwitches(options),
    seed: options.seed ?? "ghlkit",
    burstLimit: options.burstLimit ?? (limits === "sandbox" ? 25 : 100),
    burstWindowMs: options.burstWindowMs ?? 10_000,
    dailyLimit: options.dailyLimit ?? (limits === "sandbox" ? 10_000 : 200_000),
    enforceDailyQuota: options.enforceDailyQuota ?? true,
    enforceBurstLimit: options.enforceBurstLimit ?? true,
    rateWindow: options.rateWindow ?? "fixed",
    rateLimitBody: options.rateLimitBody ?? { statusCode: 429, message: "Too Many Requests" },
    commerce: resolveCommerce(options.commerce),
    calendars: resolveCalendars(options.calendars),
    expiredTokenMessage: options.expiredTokenMessage ?? "Invalid JWT",
    messageTimeline: resolveTimeline(options.messageTimeline ?? {}),
    journalSize: options.journalSize ?? 1000,
    maxBodyBytes: options.maxBodyBytes ?? 33_554_432,
    webhooks: resolveWebhookOptions(options.webhooks ?? {}),
  };
}

function resolveTimeline(timeline: Partial<MessageTimeline>): MessageTimeline {
  const range = { from: 0, to: Number.MAX_SAFE_INTEGER };
  checkNumbers(timeline, { sentAfterMs: range, deliveredAfterMs: range });
  return { sentAfterMs: timeline.sentAfterMs ?? 1000, deliveredAfterMs: timeline.deliveredAfterMs ?? 3000 };
}
