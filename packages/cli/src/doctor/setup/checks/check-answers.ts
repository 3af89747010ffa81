import type { Drift, DriftEvent } from "@ghlkit/client/drift";
import type { SetupCheck } from "../setup-check.ts";

const name = "answers";
const mostShown = 5;

/** The answers that the checks before have got, compared with the contract: nothing else is called for it. */
export function checkAnswers(events: readonly DriftEvent[]): SetupCheck {
  if (events.length === 0) return { name, verdict: "info", detail: "None could be compared with the contract." };
  const drifts = events.filter((event) => event.type === "differs");
  if (drifts.length === 0) return { name, verdict: "ok", detail: `${events.length} were compared with the contract, and are as it says.` };
  const shown = drifts.flatMap(differencesOf);
  const more = shown.length > mostShown ? `; ${shown.length - mostShown} more with --json` : "";
  return {
    name,
    verdict: "warning",
    detail: `${drifts.length} of ${events.length} differ from the contract: ${shown.slice(0, mostShown).join("; ")}${more}`,
    action: "Update ghlkit. If they differ still, report it with these lines: they hold no values of your account but enums.",
    differences: shown,
  };
}

function differencesOf({ operation, differences }: Drift): readonly string[] {
  return differences.map(
    ({ path, kind, expected, actual }) =>
      `${operation} ${kind} at ${path === "" ? "the root" : path} (contract: ${expected}; here: ${actual})`,
  );
}
