import { printable } from "../../printable.ts";
import type { SetupCheck } from "./setup-check.ts";

const marks = { ok: "✓", warning: "!", failed: "✗", info: "·" } as const;

/** For people: a line for each check, and beneath it what to do. */
export function setupText(checks: readonly SetupCheck[]): string {
  const lines = checks.flatMap(({ name, verdict, detail, action }) => [
    `${marks[verdict]} ${name.padEnd(11)} ${printable(detail)}`,
    ...(action === undefined ? [] : [`  ${"".padEnd(11)} → ${printable(action)}`]),
  ]);
  const failed = checks.filter(({ verdict }) => verdict === "failed").length;
  return [...lines, "", failed === 0 ? "Nothing has failed." : `${failed} failed.`].join("\n");
}
