import { answerText } from "./answer-data.ts";
import { systemClock, type Clock } from "./clock.ts";
import { isGhlError } from "./ghl-error.ts";
import { detachedListener } from "./listener.ts";
import { answerOf } from "./read-response.ts";
import { traceIdOf } from "./classify/platform-error.ts";
import { redact } from "./redact.ts";
import type { Layer } from "./send.ts";

/** What {@link withLogging} writes for one call. Nothing secret, no bodies. */
export interface CallLog {
  /** Operation id, or the method and path of a request outside the contract. */
  readonly operation: string;
  /** HTTP status; absent when no answer came. */
  readonly status?: number;
  readonly durationMs: number;
  readonly attempts: number;
  readonly resource?: string;
  readonly traceId?: string;
  /** Code of the error when no answer came. */
  readonly error?: string;
}

/** The part of pino, console and their like that ghlkit calls. */
export interface Logger {
  readonly info: (fields: CallLog, message: string) => void;
  readonly warn: (fields: CallLog, message: string) => void;
}

/** Options of {@link withLogging}. */
export interface LoggingOptions {
  /** Default: the machine's clock. */
  readonly clock?: Pick<Clock, "now">;
}

/**
 * Logs each call once: answers below 400 at `info`, the rest at `warn`. Place it outermost, so that the duration covers
 * waits and retries. Without a logger the layer is not there at all. What the logger throws is reported as an uncaught error, see
 * {@link detachedListener}: a call that worked stays one.
 */
export function withLogging(logger: Logger | undefined, { clock = systemClock }: LoggingOptions = {}): Layer {
  if (logger === undefined) return (next) => next;
  const write = detachedListener((level: keyof Logger, log: CallLog, message: string) => logger[level](log, message));
  return (next) => async (request, context) => {
    const started = clock.now();
    const base = {
      operation: context.operation?.id ?? `${request.method} ${redact(new URL(request.url).pathname)}`,
      ...(context.principal === undefined ? {} : { resource: context.principal.resource }),
    };
    try {
      const response = await next(request, context);
      const trace = answerOf(response) === undefined ? undefined : traceIdOf(await answerText(response));
      const log: CallLog = {
        ...base,
        status: response.status,
        durationMs: clock.now() - started,
        attempts: answerOf(response)?.attempt ?? context.attempt,
        ...(trace === undefined ? {} : { traceId: trace }),
      };
      write(response.status < 400 ? "info" : "warn", log, `${base.operation} ${response.status}`);
      return response;
    } catch (error) {
      const code = isGhlError(error) ? error.code : "unknown";
      const attempts = isGhlError(error) ? error.attempts : context.attempt;
      write("warn", { ...base, durationMs: clock.now() - started, attempts, error: code }, `${base.operation} ${code}`);
      throw error;
    }
  };
}
