import type { Seed } from "../seed/seed.ts";

/** What the command prints when it listens: where, and what to call with. */
export function describeEmulator(url: string, seed: Seed): string {
  const rows: readonly (readonly [string, string])[] = [
    ["url", url],
    ["controls", `${url}/_emulator/seed`],
    ["company", seed.companyId],
    ["location", seed.locationId],
    ["second location", seed.secondLocationId],
    ["pipeline", seed.pipelineId],
    ["first stage", seed.stageIds[0] ?? ""],
    ["workflow", seed.workflowIds[0] ?? ""],
    ["user", seed.users.admin],
    ["location token", seed.tokens.location],
    ["agency token", seed.tokens.agency],
    ["read-only token", seed.tokens.readonly],
    ["client id", seed.app.clientId],
    ["client secret", seed.app.clientSecret],
    ["shared secret", seed.app.sharedSecret],
    ["webhook log", `${url}/_emulator/webhooks`],
    ["phones", `${url}/_emulator/phone`],
    ["install page", `${url}/_emulator/portal`],
  ];
  const width = Math.max(...rows.map(([label]) => label.length));
  const lines = rows.map(([label, value]) => `  ${label.padEnd(width)}  ${value}`);
  return `HighLevel emulator\n\n${lines.join("\n")}\n\nEvery id and token is made up and valid here only. Stop with Ctrl+C.\n`;
}
