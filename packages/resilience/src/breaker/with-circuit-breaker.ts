import {
  checkNumber,
  ghlError,
  isGhlError,
  isUnsentCall,
  originOf,
  principalKey,
  systemClock,
  tenantIdentity,
  type CallContext,
  type Clock,
  type Layer,
  type Principal,
} from "@ghlkit/core";
import type { CircuitState, Judgement } from "./circuit.ts";
import { Circuits } from "./circuits.ts";

/** Options of {@link withCircuitBreaker}. */
export interface CircuitBreakerOptions {
  /**
   * Failures in a row that open the circuit of a host.
   * @default 10
   */
  readonly failures?: number;
  /**
   * How long it stays open before one probe is let through, in ms.
   * @default 10_000
   */
  readonly openMs?: number;
  /** @default the machine's clock */
  readonly clock?: Clock;
}

/** The layer, with the state of its circuits. */
export interface CircuitBreakerLayer extends Layer {
  /** State of the circuit of a principal at a host, such as `services.leadconnectorhq.com`; `principal` is left out for calls without one. */
  readonly state: (host: string, principal?: Principal) => CircuitState;
}

/**
 * Stops calling a host that only fails: after `failures` in a row of one principal, its calls are refused at once, and one probe at a time
 * finds out when the host is back. Each principal (or, without one, each `Authorization`) has a circuit of its own: an account that the
 * platform cannot serve stops no other. A failure is a 5xx, a lost or late answer; refusals of the platform (4xx, 429), waits and our own
 * refusals say nothing about its health. Sits inside the limiter, so that what waits there is not counted.
 *
 * @throws GhlError `circuit_open` with the time to wait; nothing was sent.
 */
export function withCircuitBreaker({
  failures = 10,
  openMs = 10_000,
  clock = systemClock,
}: CircuitBreakerOptions = {}): CircuitBreakerLayer {
  if (!Number.isInteger(failures) || failures < 1)
    throw ghlError("invalid_request", "withCircuitBreaker: failures must be a whole number of at least 1.", {});
  checkNumber("withCircuitBreaker", "openMs", openMs);
  const circuits = new Circuits({ failures, openMs });
  const layer: Layer = (next) => async (request, context) => {
    const host = hostOf(request.url);
    const circuit = circuits.of(`${host} ${tenantIdentity(request, context) ?? ""}`);
    const admission = circuit.enter(clock.now());
    if (!admission.admitted) throw refused(host, admission.retryAfterMs, context);
    const leave = (judgement: Judgement, reason: string): void => {
      const changed = circuit.leave(clock.now(), judgement, admission.probe);
      if (changed === "opened") context.emit({ type: "opened", host, openMs, reason });
      if (changed === "closed") context.emit({ type: "closed", host });
    };
    try {
      const response = await next(request, context);
      leave(response.status >= 500 ? "failure" : "success", String(response.status));
      return response;
    } catch (error) {
      leave(isFailure(error) ? "failure" : "neither", isGhlError(error) ? error.code : "unknown");
      throw error;
    }
  };
  return Object.assign(layer, {
    state: (host: string, principal?: Principal) => circuits.of(`${host} ${principalKey(principal)}`).state(clock.now()),
  });
}

/** An abort, our own refusals and a token that could not be renewed are no news of the host. */
function isFailure(error: unknown): boolean {
  if (isUnsentCall(error, "authorisation")) return false;
  return isGhlError(error, "network") || isGhlError(error, "timeout");
}

function refused(host: string, retryAfterMs: number, context: CallContext): Error {
  const message = `${host} failed again and again: no call is sent for ${retryAfterMs} ms.`;
  return ghlError("circuit_open", message, { retryAfterMs }, { ...originOf(context), attempts: context.attempt - 1 });
}

function hostOf(url: string): string {
  const start = url.indexOf("//") + 2;
  const end = url.indexOf("/", start);
  return url.slice(start, end < 0 ? undefined : end);
}
