import { parse } from "yaml";
import type { AlertRule } from "./alert-rule.ts";

const intervalMs = 30_000;

/**
 * The rules without their annotations, and tests of them for `promtool test rules`: each does not fire before its time is over, does then, and is cleared by
 * a value on the other side. Both as JSON, which is YAML.
 * @see https://prometheus.io/docs/prometheus/latest/configuration/unit_testing_rules/
 */
export function promtoolTests(
  yaml: string,
  rules: readonly AlertRule[],
  rulesFile: string,
): { readonly rules: string; readonly tests: string } {
  const written = parse(yaml) as {
    readonly groups: readonly { readonly name: string; readonly rules: readonly Record<string, unknown>[] }[];
  };
  const groups = written.groups.map((group) => ({ ...group, rules: group.rules.map(({ annotations: _, ...rule }) => rule) }));
  const labels = new Map(written.groups.flatMap((group) => group.rules.map((rule) => [rule["alert"], rule["labels"] as object] as const)));
  const tests = rules.map((rule) => testOf(rule, labels.get(rule.name) ?? {}));
  return { rules: JSON.stringify({ groups }), tests: JSON.stringify({ rule_files: [rulesFile], evaluation_interval: "30s", tests }) };
}

function testOf({ name, metric, forMs, expression }: AlertRule, labels: object): object {
  const [fires, clears] = valuesOf(expression);
  const steps = Math.ceil(forMs / intervalMs) + 2;
  const series = { check: "storage" };
  const isAbsence = fires === undefined;
  const values = isAbsence ? `_x${steps} ${clears}+0x5` : `${fires}+0x${steps} ${clears}+0x5`;
  const at = (ms: number, isFiring: boolean): object => ({
    eval_time: `${ms / 1000}s`,
    alertname: name,
    exp_alerts: isFiring ? [{ exp_labels: { ...labels, ...(isAbsence ? {} : series) } }] : [],
  });
  return {
    interval: "30s",
    input_series: [{ series: `${metric}{check="storage"}`, values }],
    alert_rule_test: [at(forMs - intervalMs, false), at(forMs, true), at((steps + 3) * intervalMs, false)],
  };
}

/** A value for which the expression holds, and one for which it does not. The first is `undefined` for `absent()`. */
function valuesOf(expression: string): readonly [number | undefined, number] {
  const [, operator, text] = /^\S+ (==|>|<) (\S+)$/.exec(expression) ?? [];
  if (operator === undefined) return [undefined, 0];
  const number = Number(text);
  return { "==": [number, number - 1] as const, ">": [number + 1, number] as const, "<": [number / 2, number] as const }[
    operator as "==" | ">" | "<"
  ];
}
