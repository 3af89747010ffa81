import { checkNumber, detachedListener, ghlError, systemClock, type Clock } from "@ghlkit/core";
import type { Inbox } from "@ghlkit/storage";
import type { Verdict } from "../sources/verdict.ts";
import { defaultLimits, type WebhookSource } from "../sources/webhook-source.ts";
import type { WebhookEvent } from "../events/webhook-event.ts";
import { fixesOfParsedBody } from "../verify/raw-body.ts";
import type { RawDelivery } from "../verify/raw-delivery.ts";
import type { RejectReason } from "../verify/rejection.ts";
import type { Handlers } from "../worker/handlers.ts";
import { checkTimers } from "../worker/check-timers.ts";
import { createWebhookWorker, type WebhookWorker } from "../worker/webhook-worker.ts";
import type { WorkerOptions } from "../worker/worker-options.ts";
import { accepted, bodyNotRaw, notAllowed, refused, sendAgain } from "./answers.ts";
import { deliveryOfEvent } from "../events/delivery-of-event.ts";
import { createFilter, type EventFilter } from "./event-filter.ts";
import { createHeartbeat } from "./heartbeat.ts";
import { createKeeper } from "./keep-delivery.ts";
import { readRequestBody } from "./read-request.ts";
import type { NoticeListener } from "../events/webhook-notice.ts";

/** Options of {@link createWebhookReceiver}. */
export interface WebhookReceiverOptions<Transaction> {
  /** Who sends, e.g. `createMarketplaceSource({ appId })`. */
  readonly source: WebhookSource;
  /** Where deliveries are kept before they are answered: `storage.inbox` of an engine. */
  readonly inbox: Inbox<Transaction>;
  /**
   * Handles what the inbox keeps, in this process.
   * @default none; another process runs `createWebhookWorker`
   */
  readonly handlers?: Handlers<Transaction>;
  /** How it handles. */
  readonly worker?: WorkerOptions;
  /** Which events are kept. @default all */
  readonly filter?: EventFilter;
  /**
   * Milliseconds to keep a delivery in before the platform is asked to send it again.
   * @default 3,000, at most 5,000
   */
  readonly answerWithinMs?: number;
  /**
   * Seconds of the `Retry-After` of that answer.
   * @default 60
   */
  readonly retryAfterSeconds?: number;
  /**
   * Milliseconds between two signs of life. After three that are missing there is a gap.
   * @default 60_000
   */
  readonly heartbeatMs?: number;
  /**
   * Bytes that are read of a body.
   * @default 1,048,576; a source has a limit of its own
   */
  readonly maxBodyBytes?: number;
  /** Receives what happens, for logs and metrics. */
  readonly onEvent?: NoticeListener;
  /** @default the machine's clock */
  readonly clock?: Clock;
}

/** Answers webhooks. Mount it as it is wherever a handler takes a Request. */
export interface WebhookReceiver {
  (request: Request): Promise<Response>;
  /** The same for servers that do not speak Request: see the adapters. */
  readonly receive: (delivery: RawDelivery) => Promise<Response>;
  /** Most bytes that are read of a body. */
  readonly maxBodyBytes: number;
  /** Begins to give signs of life and to handle. @throws GhlError `invalid_request` in Cloudflare Workers, whose timers end with their request. */
  readonly start: () => void;
  /**
   * Ends both and waits for what is being handled.
   * @param timeoutMs As of `WebhookWorker.close`. Default 30,000.
   */
  readonly close: (timeoutMs?: number) => Promise<void>;
  /** The worker, where there are handlers. */
  readonly worker: WebhookWorker | undefined;
}

/**
 * An endpoint that accepts only what its source vouches for, and answers 200 only for what the inbox has committed. What cannot
 * be kept is answered with 429, which every retry regime of the platform sends again after.
 *
 * @throws GhlError `invalid_request` for options that are wrong.
 */
export function createWebhookReceiver<Transaction>(options: WebhookReceiverOptions<Transaction>): WebhookReceiver {
  const { source, inbox, handlers, filter = {}, answerWithinMs = 3000, retryAfterSeconds = 60, heartbeatMs = 60_000 } = options;
  const { clock = systemClock, maxBodyBytes = defaultLimits.maxBodyBytes } = options;
  checkNumber("createWebhookReceiver", "retryAfterSeconds", options.retryAfterSeconds);
  checkNumber("createWebhookReceiver", "heartbeatMs", options.heartbeatMs, { least: 1 });
  checkNumber("createWebhookReceiver", "maxBodyBytes", options.maxBodyBytes, { least: 1 });
  const emit = detachedListener(options.onEvent ?? ((): void => {}));
  if (!(answerWithinMs > 0 && answerWithinMs <= 5000))
    throw ghlError("invalid_request", "answerWithinMs must be from 1 to 5,000: the platform does not say how long it waits.", {});
  const keep = createKeeper({ inbox, answerWithinMs, clock, emit });
  const isWanted = createFilter(filter);
  const worker = handlers === undefined ? undefined : createWebhookWorker({ inbox, handlers, onEvent: emit, clock, ...options.worker });
  const heartbeat = createHeartbeat({ inbox, everyMs: heartbeatMs, clock, emit });

  let isParsedBodyReported = false;
  /** A mistake of this server must not cost the delivery: it is sent again until the middleware order is right. */
  const refuseParsedBody = (message: string): Response => {
    if (!isParsedBodyReported) console.error(`@ghlkit/webhooks: deliveries are answered with 429. ${message}`);
    isParsedBodyReported = true;
    return bodyNotRaw(message, retryAfterSeconds);
  };
  const refuse = (reason: RejectReason, message: string): Response => {
    emit({ type: "rejected", source: source.name, reason, message });
    return reason === "body_not_raw" ? refuseParsedBody(message) : refused(reason);
  };

  /** A source that throws, or answers with no verdict, must not cost a genuine delivery. */
  const judge = async (delivery: RawDelivery): Promise<Verdict | undefined> => {
    try {
      const verdict = await source.verify(delivery);
      return verdict.valid === true
        ? { valid: true, event: verdict.event }
        : { valid: false, reason: verdict.reason, message: verdict.message };
    } catch (error) {
      emit({ type: "source_failed", source: source.name, error });
      return undefined;
    }
  };

  /** What became of it; `undefined` when it was not kept. A filter that fails decides nothing. */
  const sift = async (event: WebhookEvent): Promise<"new" | "duplicate" | "filtered" | undefined> => {
    let isOurs: boolean;
    try {
      isOurs = isWanted(event);
    } catch (error) {
      emit({ type: "filter_failed", id: event.id, error });
      return undefined;
    }
    return isOurs ? keep(await deliveryOfEvent(event)) : "filtered";
  };

  const receive = async (delivery: RawDelivery): Promise<Response> => {
    const verdict = await judge(delivery);
    if (verdict === undefined) return sendAgain(retryAfterSeconds);
    if (!verdict.valid) return refuse(verdict.reason, verdict.message);
    const { event } = verdict;
    const kept = await sift(event);
    if (kept === undefined) return sendAgain(retryAfterSeconds);
    emit({ type: "received", id: event.id, event: event.type, outcome: kept });
    return accepted(kept);
  };

  const receiver = async (request: Request): Promise<Response> => {
    if (request.method !== "POST") return notAllowed();
    const body = await readRequestBody(request, maxBodyBytes);
    if ("bytes" in body) return receive({ body: body.bytes, headers: request.headers });
    // No one waits for this answer: the sender is gone.
    if (body.problem === "cut_off") return refused("body_empty");
    if (body.problem === "too_large") return refuse("body_too_large", `The body has more than ${maxBodyBytes} bytes.`);
    return refuse("body_not_raw", `The body of the request was read before: give the receiver the request first.${fixesOfParsedBody}`);
  };

  return Object.assign(receiver, {
    receive,
    maxBodyBytes,
    worker,
    start: () => {
      checkTimers("receiver.start()");
      heartbeat.start();
      worker?.start();
    },
    close: async (timeoutMs?: number) => {
      heartbeat.stop();
      await worker?.close(timeoutMs);
    },
  });
}
