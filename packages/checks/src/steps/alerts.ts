import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { readAlertRules } from "../monitoring-page/alert-rule.ts";
import { promtoolTests } from "../monitoring-page/promtool-tests.ts";
import { runCommand } from "../run-command.ts";
import { failed, passed, type Step } from "../step.ts";

/**
 * Has Prometheus itself check the alert rules, and fire and clear each: the suite evaluates them by a few lines of its own, and this shows that those are
 * right. Needs `promtool`, and says so where it is not installed (Debian: `prometheus`).
 */
export const alerts: Step = {
  name: "alerts",
  isSlow: true,
  run: async ({ root, scratch }) => {
    const version = await runCommand(root, ["promtool", "--version"]);
    if (!version.ok)
      return passed(
        "SKIPPED: promtool is not installed, so that the rules are evaluated by the suite alone (Debian: apt-get install prometheus)",
      );
    const path = join(root, "docs/monitoring/alerts.yaml");
    const yaml = await readFile(path, "utf8");
    const rules = readAlertRules(yaml);
    const made = promtoolTests(yaml, rules, "rules.json");
    await mkdir(scratch, { recursive: true });
    await writeFile(join(scratch, "rules.json"), made.rules);
    await writeFile(join(scratch, "rules.test.json"), made.tests);
    for (const command of [
      ["check", "rules", path],
      ["test", "rules", join(scratch, "rules.test.json")],
    ]) {
      const { ok, output } = await runCommand(root, ["promtool", ...command], scratch);
      if (!ok) return failed(output);
    }
    return passed(`${rules.length} rules fired and cleared by ${version.output.split("\n")[0]?.slice(0, 40)}`);
  },
};
