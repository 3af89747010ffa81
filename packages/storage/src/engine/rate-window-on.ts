import { ghlError } from "@ghlkit/core";
import type { RateGrant, RateRequest, RateSettings, RateWindow } from "../rate-window.ts";
import { checkKey } from "./check-key.ts";
import type { RateExchange } from "./rate-exchange.ts";

/** A {@link RateWindow} on an engine that can do one {@link RateExchange} atomically. Checks what callers pass. */
export function rateWindowOn(exchange: (bucket: string, request: RateExchange) => Promise<RateGrant>): RateWindow {
  return {
    reserve: async (bucket, request) => exchange(checkKey("bucket", bucket), checked(request)),
    settle: async (bucket, reports, settings) =>
      exchange(checkKey("bucket", bucket), checked({ ...settings, reservation: "none", count: 0, reports })),
  };
}

function checked(request: RateRequest): RateExchange {
  const { reservation, count, urgent = 0, keepFree = 0, keepDaily = 0, seen = 0, reports = [] } = request;
  const settings = settingsOf(request);
  for (const report of reports) {
    checkKey("reservation", report.reservation);
    checkCount("answered", report.answered ?? 0);
    checkCount("unsent", report.unsent ?? 0);
    if (report.refusedForMs !== undefined && !(report.refusedForMs >= 0)) throw wrong("refusedForMs", "of milliseconds");
  }
  return {
    ...settings,
    reservation: checkKey("reservation", reservation),
    count: checkCount("count", count),
    urgent: checkCount("urgent", urgent),
    keepFree: checkCount("keepFree", keepFree),
    keepDaily: checkCount("keepDaily", keepDaily),
    seen: checkCount("seen", seen),
    reports,
  };
}

function settingsOf({
  limit,
  maxLimit,
  windowMs,
  leaseMs,
  dailyLimit,
}: RateSettings): Pick<RateExchange, "limit" | "maxLimit" | "windowMs" | "leaseMs" | "dailyLimit"> {
  return {
    limit: checkCount("limit", limit, 1),
    maxLimit: maxLimit === undefined ? null : checkCount("maxLimit", maxLimit, 1),
    windowMs: checkCount("windowMs", windowMs, 1),
    leaseMs: checkCount("leaseMs", leaseMs, 1),
    dailyLimit: dailyLimit === undefined ? null : checkCount("dailyLimit", dailyLimit, 1),
  };
}

function checkCount(field: string, value: number, least = 0): number {
  if (Number.isSafeInteger(value) && value >= least) return value;
  throw wrong(field, `of at least ${least}`);
}

function wrong(field: string, what: string): Error {
  return ghlError("invalid_request", `${field} must be a whole number ${what}.`, {});
}
