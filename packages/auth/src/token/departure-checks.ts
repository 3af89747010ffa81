import { principalKey, type Layer, type Principal } from "@ghlkit/core";

/**
 * A last look before a refresh leaves for the network. Between the intent and the request it may have waited for a slot, or the process
 * may have been paused, and the refresh token may have been used by another process meanwhile.
 */
export class DepartureChecks {
  readonly #checks = new Map<string, () => Promise<void>>();

  /** The innermost layer of the token endpoint: runs the check of the principal whose refresh is under way. */
  readonly layer: Layer = (next) => async (request, context) => {
    const isToken = context.operation?.id === "oauth.createToken" && context.principal !== undefined;
    if (isToken) await this.#checks.get(principalKey(context.principal as Principal))?.();
    return next(request, context);
  };

  /** Has every request of the principal's refresh checked while the work is under way. What the check throws fails the request unsent. */
  async during<Result>(principal: Principal, check: () => Promise<void>, work: () => Promise<Result>): Promise<Result> {
    const key = principalKey(principal);
    this.#checks.set(key, check);
    try {
      return await work();
    } finally {
      this.#checks.delete(key);
    }
  }
}
