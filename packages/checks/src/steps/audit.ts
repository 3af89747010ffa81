import { failed, passed, type Step, type StepResult } from "../step.ts";
import { pnpmCommand, runCommand } from "../run-command.ts";
import { pinnedPnpm } from "../pinned-pnpm.ts";

/** Known vulnerabilities of what users install. A registry that does not answer is reported and not counted as a failure. */
export const audit: Step = {
  name: "audit",
  run: async ({ root }) => {
    const { output } = await runCommand(root, [...pnpmCommand(await pinnedPnpm(root)), "audit", "--prod", "--json"]);
    return judgeAudit(output);
  },
};

/** Reads the answer of `pnpm audit --json`. */
export function judgeAudit(output: string): StepResult {
  const answer = parse(output.slice(output.indexOf("{")));
  const counts = answer?.metadata?.vulnerabilities;
  if (counts === undefined) return passed(`SKIPPED: the registry gave no audit (${answer?.error?.code ?? "no answer"})`);
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  if (total === 0) return passed("nothing known");
  const lines = Object.values(answer?.advisories ?? {}).map(
    (found) => `${found.severity} ${found.module_name}: ${found.title} ${found.url}`,
  );
  return failed(lines.join("\n"), `${total} known`);
}

interface Answer {
  readonly error?: { readonly code?: string };
  readonly metadata?: { readonly vulnerabilities?: Readonly<Record<string, number>> };
  readonly advisories?: Readonly<Record<string, { severity: string; module_name: string; title: string; url: string }>>;
}

function parse(text: string): Answer | undefined {
  try {
    return JSON.parse(text) as Answer;
  } catch {
    return undefined;
  }
}
