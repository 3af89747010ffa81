import { checkNumber, ghlError, systemClock, type Clock } from "@ghlkit/core";
import type { WebhookEvent } from "../events/webhook-event.ts";
import { reject, type Rejection } from "../verify/rejection.ts";
import { createSource } from "./create-source.ts";
import { createSignatureCheck, type SignatureKeys } from "./signature-check.ts";
import type { BodyLimits, WebhookSource } from "./webhook-source.ts";

/** Options of {@link createMarketplaceSource}. */
export type MarketplaceSourceOptions = SignatureKeys & BodyLimits & FreshnessOption & AppOption;

interface FreshnessOption {
  /**
   * Refuses events whose `timestamp` is older, in ms. Default: none, because the platform's own retries and resends come hours
   * and days later; what keeps replays out is the inbox, which knows every id. A window below three days warns on the console.
   */
  readonly freshWithinMs?: number;
  /** @default the machine's clock */
  readonly clock?: Pick<Clock, "now">;
}

/** The platform signs the events of all apps with one key, so that another app's events could be sent to you. */
type AppOption =
  /** Id of your app (not the client id), or ids of several. An event that names another is refused; some events name none. */
  | { readonly appId: string | readonly string[]; readonly dangerouslyAcceptAnyApp?: never }
  | { readonly appId?: never; readonly dangerouslyAcceptAnyApp: true };

/**
 * Events of your marketplace app, signed with `x-ghl-signature` (Ed25519) over the raw bytes.
 * @throws GhlError `invalid_request` when neither `appId` nor `dangerouslyAcceptAnyApp` is given.
 */
export function createMarketplaceSource(options: MarketplaceSourceOptions): WebhookSource {
  return createSignedSource("marketplace", options, undefined);
}

/** Three days, in ms: so long retries may follow by the longest rule of the platform's documents. */
const shortestWindowMs = 259_200_000;

/** A source of signed deliveries. `type` is the event's type where the body's own `type` means something else. */
export function createSignedSource(
  name: string,
  options: MarketplaceSourceOptions,
  type: "ProviderOutboundMessage" | undefined,
): WebhookSource {
  const { maxBodyBytes, maxDepth, freshWithinMs, clock = systemClock } = options;
  checkNumber(name, "freshWithinMs", freshWithinMs, { above: true });
  const apps = appsOf(options);
  if (freshWithinMs !== undefined && freshWithinMs < shortestWindowMs)
    console.warn(`@ghlkit/webhooks: freshWithinMs is ${freshWithinMs}: the platform retries for up to three days, and what comes later than that is refused.`); // prettier-ignore
  const checkSignature = createSignatureCheck(options);
  return createSource({
    name,
    type,
    clock,
    ...(maxBodyBytes === undefined ? {} : { maxBodyBytes }),
    ...(maxDepth === undefined ? {} : { maxDepth }),
    check: ({ bytes, headers }) => checkSignature(bytes, headers),
    checkEvent: (event) => refuseApp(event, apps) ?? refuseAge(event, freshWithinMs) ?? { valid: true },
  });
}

function appsOf({ appId, dangerouslyAcceptAnyApp }: MarketplaceSourceOptions): ReadonlySet<unknown> | undefined {
  if (dangerouslyAcceptAnyApp === true) return undefined;
  const ids = typeof appId === "string" ? [appId] : (appId ?? []);
  if (ids.length > 0 && ids.every((id) => id !== "")) return new Set(ids);
  throw ghlError(
    "invalid_request",
    "Give appId, the id of your marketplace app: the platform signs the events of all apps with one key.",
    {},
  );
}

function refuseApp({ payload }: WebhookEvent, apps: ReadonlySet<unknown> | undefined): Rejection | undefined {
  const { appId } = payload as { readonly appId?: unknown };
  return appId === undefined || appId === null || apps === undefined || apps.has(appId) ? undefined : reject("other_app");
}

function refuseAge({ occurredAt, receivedAt }: WebhookEvent, freshWithinMs: number | undefined): Rejection | undefined {
  return freshWithinMs === undefined || receivedAt - occurredAt <= freshWithinMs ? undefined : reject("too_old");
}
