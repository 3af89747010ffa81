import {
  checkNumber,
  compose,
  detachedListener,
  readBody,
  systemClock,
  transportOf,
  withAttemptTimeout,
  type BaseUrlOptions,
  type CallEvent,
  type Clock,
  type Credentials,
  type Layer,
  type Principal,
  type Send,
  type TransportOptions,
} from "@ghlkit/core";
import { checkBaseUrl, platformUrl } from "./request/base-url.ts";

/** The call that an event belongs to. */
export interface CallOrigin {
  /** Operation id, or `METHOD /path` of a request outside the contract. */
  readonly operation: string | undefined;
  readonly principal: Principal | undefined;
}

/** Options of {@link createPipeline}. */
export interface PipelineOptions extends BaseUrlOptions, TransportOptions {
  /** Default: the platform. Plain `http:` only on loopback, for the emulator. */
  readonly baseUrl?: string;
  /** How calls are authorised, from `@ghlkit/auth`. Without them no token is sent. */
  readonly credentials?: Credentials;
  /** Layers around each call, the outermost first, e.g. `[withRetry(), withRateLimit()]`. */
  readonly layers?: readonly Layer[];
  /** Milliseconds one attempt may take, body included. Default 30,000; 0 means no limit. */
  readonly timeoutMs?: number;
  /** Default: the machine's clock. */
  readonly clock?: Clock;
  /**
   * Receives the events of the layers of every call. What it throws never reaches the call: it is reported as an uncaught error, by `reportError`
   * where the runtime has it; in Node it is an `uncaughtException`, which ends a process that does not listen for it.
   */
  readonly onEvent?: (event: CallEvent, call: CallOrigin) => void;
}

/** What calls go through. Clients that share one share its limiter and tokens. */
export interface Pipeline {
  readonly baseUrl: string;
  readonly send: Send;
  readonly credentials: Credentials | undefined;
  readonly timeoutMs: number;
  readonly clock: Clock;
  readonly emit: (event: CallEvent, call: CallOrigin) => void;
}

/**
 * Puts the layers together: the repeat of the credentials unless it is among yours, yours, then the stamp of the credentials, the attempt timeout, the reading of the body, the transport.
 * @throws TypeError for a base URL that cannot be used; GhlError `invalid_request` for a timeout that is no number.
 */
export function createPipeline(options: PipelineOptions = {}): Pipeline {
  const { credentials, layers = [], timeoutMs = 30_000, clock = systemClock } = options;
  checkNumber("createPipeline", "timeoutMs", timeoutMs);
  // Outermost by default, so that the repetition takes a slot of its own from a limiter among the layers.
  const repeat = credentials?.repeat === undefined || layers.includes(credentials.repeat) ? [] : [credentials.repeat];
  const inner = [...(credentials === undefined ? [] : [credentials.stamp]), withAttemptTimeout({ clock }), readBody];
  return {
    baseUrl: checkBaseUrl(options.baseUrl ?? platformUrl, options),
    send: compose([...repeat, ...layers, ...inner], transportOf(options)),
    credentials,
    timeoutMs,
    clock,
    emit: options.onEvent === undefined ? ignore : detachedListener(options.onEvent),
  };
}

function ignore(): void {}
