import { checkNumber } from "@ghlkit/core";
/** How many retries the calls of a tenant may have. */
export interface RetryBudgetOptions {
  /**
   * Retries that may come on top of the calls, as a share of them.
   * @default 0.1
   */
  readonly ratio?: number;
  /**
   * Retries that may come before any call has earned them, and the most that can be saved up.
   * @default 10
   */
  readonly reserve?: number;
}

/**
 * Keeps retries to a share of the calls, per tenant: in an outage every call fails, and repeating each of them three
 * times would meet a platform that is coming back with four times its load. What was refused unprocessed (429) is not an
 * outage and costs nothing here.
 */
export class RetryBudget {
  readonly #ratio: number;
  readonly #reserve: number;
  readonly #saved = new Map<string, number>();

  constructor({ ratio = 0.1, reserve = 10 }: RetryBudgetOptions = {}) {
    checkNumber("withRetry", "budget.ratio", ratio);
    checkNumber("withRetry", "budget.reserve", reserve);
    this.#ratio = ratio;
    this.#reserve = reserve;
  }

  /** A call earns its share. */
  earn(tenant: string): void {
    const saved = this.#saved.get(tenant);
    // A tenant whose account is full needs no entry: one that is never in trouble costs no memory.
    if (saved === undefined) return;
    const more = saved + this.#ratio;
    if (more >= this.#reserve) this.#saved.delete(tenant);
    else this.#saved.set(tenant, more);
  }

  /** Takes one retry out of the account; `false` when there is none left. */
  spend(tenant: string): boolean {
    const saved = this.#saved.get(tenant) ?? this.#reserve;
    if (saved < 1) return false;
    this.#saved.set(tenant, saved - 1);
    return true;
  }
}
