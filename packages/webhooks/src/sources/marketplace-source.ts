import { checkNumber, ghlError, systemClock, type Clock } from "@ghlkit/core";
import { createEvent } from "../events/create-event.ts";
import type { WebhookEvent } from "../events/webhook-event.ts";
import { parseBody, type JsonObject } from "../verify/parse-body.ts";
import { readRawBody } from "../verify/raw-body.ts";
import { reject, type Rejection, type Verdict } from "../verify/verdict.ts";
import { createSignatureCheck, type SignatureKeys } from "./signature-check.ts";
import { defaultLimits, type BodyLimits, type WebhookSource } from "./webhook-source.ts";

export type MarketplaceSourceOptions = SignatureKeys & BodyLimits & FreshnessOption & AppOption;

interface FreshnessOption {
  /**
   * Refuses events whose `timestamp` is older, in ms. Default: none, because the platform's own retries and resends come hours
   * and days later; what keeps replays out is the inbox, which knows every id. A window below three days warns on the console.
   */
  readonly freshWithinMs?: number;
  /** Default: the machine's clock. */
  readonly clock?: Pick<Clock, "now">;
}

/** The platform signs the events of all apps with one key, so that somebody else's app could send you its own. */
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
  const { maxBodyBytes, maxDepth } = { ...defaultLimits, ...options };
  checkNumber(name, "maxBodyBytes", options.maxBodyBytes, { least: 1 });
  checkNumber(name, "maxDepth", options.maxDepth, { least: 1 });
  const { freshWithinMs, clock = systemClock } = options;
  checkNumber(name, "freshWithinMs", freshWithinMs, { above: true });
  const apps = appsOf(options);
  if (freshWithinMs !== undefined && freshWithinMs < shortestWindowMs)
    console.warn(`@ghlkit/webhooks: freshWithinMs is ${freshWithinMs}: the platform retries for up to three days, and what comes later than that is refused.`); // prettier-ignore
  const checkSignature = createSignatureCheck(options);

  return {
    name,
    verify: async (delivery): Promise<Verdict> => {
      const body = readRawBody(delivery, maxBodyBytes);
      if (!body.valid) return body;
      const refused = await checkSignature(body.bytes, delivery.headers);
      if (refused !== undefined) return refused;
      const parsed = parseBody(body.bytes, maxDepth);
      if (!parsed.valid) return parsed;
      const receivedAt = clock.now();
      const parts = { fields: parsed.fields, body: body.bytes, headers: delivery.headers, source: name, receivedAt, type };
      const event = await createEvent(parts);
      return refuseApp(parsed.fields, apps) ?? refuseAge(event, freshWithinMs) ?? { valid: true, event };
    },
  };
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

function refuseApp({ appId }: JsonObject, apps: ReadonlySet<unknown> | undefined): Rejection | undefined {
  return appId === undefined || appId === null || apps === undefined || apps.has(appId) ? undefined : reject("other_app");
}

function refuseAge({ occurredAt, receivedAt }: WebhookEvent, freshWithinMs: number | undefined): Rejection | undefined {
  return freshWithinMs === undefined || receivedAt - occurredAt <= freshWithinMs ? undefined : reject("too_old");
}
