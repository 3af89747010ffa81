import type { Demo } from "./open-demo.ts";

/** What can be made to fail, by name. */
export const breakages = {
  outage: "HighLevel answers 503 for a minute",
  twice: "The next 20 webhooks come twice",
  revoke: "The connection is revoked",
  kill: "kill -9 for every application",
} as const;

export type Breakage = keyof typeof breakages;

const minute = 60_000;

/** Makes something fail. What it does ends by itself, but for a revoked connection, which a person connects again. */
export function breakSomething({ platform, apps }: Demo, what: Breakage): void {
  const { faults, webhooks, oauth, seed } = platform.emulator;
  switch (what) {
    case "outage":
      faults.add({ operation: "*", kind: "error", status: 503 });
      setTimeout(() => faults.clear(), minute).unref();
      return;
    case "twice":
      webhooks.faults.add({ type: "*", kind: "duplicate", times: 20 });
      return;
    case "revoke":
      // The token of the location comes from that of its company.
      oauth.revoke({ locationId: seed.locationId });
      oauth.revoke({ companyId: seed.companyId });
      return;
    case "kill":
      for (const app of apps) app.kill().catch((error: unknown) => console.error(error));
  }
}
