import { isGhlError, type Clock, type Layer } from "@ghlkit/core";

/** How the platform answers. `reconnect`: it refuses the credentials. Times are ms since epoch. */
export interface PlatformState {
  readonly state: "ok" | "failing" | "reconnect";
  readonly since: number;
  /** The last answer that was none of those. */
  readonly okAt: number;
}

export interface PlatformWatch {
  /** Outside all others: it sees what becomes of a call. */
  readonly layer: Layer;
  readonly current: () => PlatformState;
}

const outages: ReadonlySet<string> = new Set(["server", "network", "timeout", "circuit_open", "outcome_unknown", "rate_daily"]);
const refusals: ReadonlySet<string> = new Set(["token_revoked", "token_expired", "refresh_stuck", "not_installed"]);

export function watchPlatform(clock: Clock, onChange: (state: PlatformState) => void): PlatformWatch {
  let current: PlatformState = { state: "ok", since: clock.now(), okAt: clock.now() };
  const see = (state: PlatformState["state"]): void => {
    const now = clock.now();
    const isChange = state !== current.state;
    current = { state, since: isChange ? now : current.since, okAt: state === "ok" ? now : current.okAt };
    if (isChange) onChange(current);
  };
  const layer: Layer = (next) => async (request, context) => {
    try {
      const response = await next(request, context);
      // A 401 that names a missing scope says nothing of the token.
      if (response.status === 401 && !/scope/i.test(await response.text())) see("reconnect");
      else see(response.status >= 500 ? "failing" : "ok");
      return response;
    } catch (error) {
      if (isGhlError(error) && refusals.has(error.code)) see("reconnect");
      else if (isGhlError(error) && outages.has(error.code)) see("failing");
      throw error;
    }
  };
  return { layer, current: () => current };
}
