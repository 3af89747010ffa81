import { answerText, classify, detachedListener, ghlError, systemClock, type Clock, type Credentials, type Layer } from "@ghlkit/core";
import { privateIntegration, type PrivateIntegrationOptions } from "./private-integration.ts";

/** Options of {@link rotatingPrivateIntegration}. */
export type RotatingPrivateIntegrationOptions = PrivateIntegrationOptions & {
  /** The token that is being replaced: good for seven days after "rotate and expire later". */
  readonly previousToken?: string;
  /** When `token` was made, for the warning by age. */
  readonly createdAt?: Date;
  /** Receives the token in use whenever that changes, and once the age of a token older than 90 days. */
  readonly onEvent?: (event: PrivateTokenEvent) => void;
  readonly clock?: Clock;
};

/** Calls carry the other of the two tokens now, or the token is so old that it should be rotated. */
export type PrivateTokenEvent =
  | { readonly type: "using"; readonly token: "new" | "previous" }
  | { readonly type: "old_token"; readonly ageDays: number };

/** Credentials of a private token that is being rotated. */
export interface RotatingPrivateIntegration extends Credentials {
  readonly repeat: Layer;
  /** Which token calls carry now. */
  readonly using: () => "new" | "previous";
}

const maxAgeDays = 90;
const retryNewAfterMs = 600_000;

/**
 * Credentials with two private tokens during a rotation: the new one is preferred; where the platform refuses it, calls
 * carry the previous one and try the new one again after ten minutes.
 */
export function rotatingPrivateIntegration(options: RotatingPrivateIntegrationOptions): RotatingPrivateIntegration {
  const { previousToken, createdAt, clock = systemClock } = options;
  const emit = detachedListener(options.onEvent ?? ((): void => {}));
  const fresh = privateIntegration(options);
  if (previousToken === options.token) throw ghlError("invalid_request", "rotatingPrivateIntegration: both tokens are the same.", {});
  const previous = previousToken === undefined ? undefined : privateIntegration({ ...options, token: previousToken });
  let previousUntil = 0;
  let reported: "new" | "previous" = "new";
  let warned = false;
  const using = (): "new" | "previous" => (previous !== undefined && clock.now() < previousUntil ? "previous" : "new");

  function report(): void {
    const now = using();
    if (now !== reported) emit({ type: "using", token: (reported = now) });
    const ageDays = createdAt === undefined ? 0 : Math.floor((clock.now() - createdAt.getTime()) / 86_400_000);
    if (ageDays <= maxAgeDays || warned) return;
    warned = true;
    emit({ type: "old_token", ageDays });
  }

  return Object.freeze({
    ...fresh,
    using,
    stamp: (next) => {
      const withNew = fresh.stamp(next);
      const withPrevious = previous?.stamp(next) ?? withNew;
      return (request, context) => {
        report();
        return using() === "new" ? withNew(request, context) : withPrevious(request, context);
      };
    },
    repeat: (next) => async (request, context) => {
      const carried = using();
      const response = await next(request, context);
      if (response.status !== 401 || previous === undefined || carried === "previous") return response;
      if (classify(response, await answerText(response), context).code !== "token_revoked") return response;
      previousUntil = clock.now() + retryNewAfterMs;
      report();
      return next(request, context);
    },
  } satisfies RotatingPrivateIntegration);
}
