import type { Health } from "./create-health.ts";

/**
 * Answers `GET` and `HEAD` with the report as JSON: 200, or 503 while a check is `failing`. It shows counts and times and no secret, no id and no
 * text of a customer; still, put it where your monitoring alone reaches it. Use it for alerts and readiness: a restart cures nothing that it finds.
 */
export function createHealthRoute(health: Health): (request: Request) => Promise<Response> {
  return async ({ method }) => {
    if (method !== "GET" && method !== "HEAD") return new Response(null, { status: 405, headers: { allow: "GET, HEAD" } });
    const report = await health();
    const headers = { "content-type": "application/json", "cache-control": "no-store" };
    return new Response(method === "HEAD" ? null : JSON.stringify(report), { status: report.status === "failing" ? 503 : 200, headers });
  };
}
