import { ghlError, isolatesRequests } from "@ghlkit/core";

/** @throws GhlError `invalid_request` where timers end with the request that set them: what begins there would stop without a word. */
export function checkTimers(what: string): void {
  if (!isolatesRequests()) return;
  const instead = "call runDue() of the worker in a scheduled handler (a Cron Trigger) instead";
  throw ghlError("invalid_request", `${what} needs timers that outlive a request, which Cloudflare Workers do not have: ${instead}.`, {});
}
