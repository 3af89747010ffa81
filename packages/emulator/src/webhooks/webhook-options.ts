import { defaultCircuitBreaker, type CircuitBreakerOptions } from "./circuit-breaker.ts";
import type { RetryRegime, RetryRegimeName } from "./retry-regime.ts";

/** Posts one signed request to an endpoint: `fetch`, or a handler of the same process. */
export type Deliver = (request: Request) => Promise<Response>;

/** What a signature header holds: a signature, the platform's literal `N/A`, or it is not there. */
export type SignatureHeader = "signed" | "N/A" | "absent";

/** Webhooks as the developer of the app would set them up in the portal, and how the platform treats them. */
export interface WebhookOptions {
  /** The app's default URL. Default: none; nothing is sent without one. */
  readonly url?: string;
  /** Event type or kind → a URL of its own. INSTALL and UNINSTALL go to the default URL whatever stands here. */
  readonly events?: Readonly<Record<string, string>>;
  /** What is tried again and when. Default `"any-failure"`, the rule of the current documents. */
  readonly retry?: RetryRegimeName | RetryRegime;
  /** When a failing URL is paused. Default: the documented figures; `"off"` never pauses. */
  readonly circuitBreaker?: CircuitBreakerOptions | "off";
  /** An attempt without an answer for this long has failed. Default 10 000, on the emulated clock; the platform publishes no figure. */
  readonly timeoutMs?: number;
  /** Attempts under way at once. Default 32. */
  readonly concurrency?: number;
  /** `enforce`: only events whose scopes the installation has. Default `"enforce"`. */
  readonly scopes?: "enforce" | "ignore";
  /** Content of `x-ghl-signature` (Ed25519). Default `"signed"`. */
  readonly ghlSignature?: SignatureHeader;
  /** Content of `x-wh-signature` (RSA), which the platform has announced to drop. Default `"absent"`. */
  readonly whSignature?: SignatureHeader;
  /** How deliveries go out. Default: `fetch`, redirects not followed. */
  readonly deliver?: Deliver;
  /** Deliveries that the log keeps; the oldest finished ones go first. Default 20 000. */
  readonly logSize?: number;
}

/** Options after defaults. */
export type ResolvedWebhookOptions = Readonly<Required<Omit<WebhookOptions, "url" | "circuitBreaker">>> &
  Pick<WebhookOptions, "url"> & { readonly circuitBreaker: Required<CircuitBreakerOptions> | "off" };

export function resolveWebhookOptions(options: WebhookOptions): ResolvedWebhookOptions {
  return {
    ...(options.url !== undefined && { url: options.url }),
    events: options.events ?? {},
    retry: options.retry ?? "any-failure",
    circuitBreaker: options.circuitBreaker === "off" ? "off" : { ...defaultCircuitBreaker, ...options.circuitBreaker },
    timeoutMs: options.timeoutMs ?? 10_000,
    concurrency: options.concurrency ?? 32,
    scopes: options.scopes ?? "enforce",
    ghlSignature: options.ghlSignature ?? "signed",
    whSignature: options.whSignature ?? "absent",
    deliver: options.deliver ?? deliverAlone,
    logSize: options.logSize ?? 20_000,
  };
}

/** On a connection of its own: a kept one that the receiver closes for its idleness at this moment would lose the webhook. */
function deliverAlone(request: Request): Promise<Response> {
  const alone = new Request(request);
  alone.headers.set("connection", "close");
  return fetch(alone);
}
