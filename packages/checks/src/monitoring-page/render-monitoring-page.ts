import { metricDefinitions } from "ghlkit/telemetry";
import type { AlertRule } from "./alert-rule.ts";

/** The page with the tables of metrics and alerts put between their markers. */
export function renderMonitoringPage(page: string, rules: readonly AlertRule[]): string {
  return between(between(page, "metrics", metricTable()), "alerts", alertTable(rules));
}

function metricTable(): string {
  const rows = Object.entries(metricDefinitions).map(([name, { type, unit, description, attributes }]) => {
    const shown = attributes.map((attribute) => `\`${attribute}\``).join(", ");
    return `| \`${name}\` | ${type}${unit === undefined || unit === "1" ? "" : `, ${unit}`} | ${description} | ${shown} |`;
  });
  return ["| metric | | | attributes |", "| --- | --- | --- | --- |", ...rows].join("\n");
}

function alertTable(rules: readonly AlertRule[]): string {
  const rows = rules.map(({ name, expression, written, annotations }) => {
    return `| \`${name}\` | \`${expression}\` for ${written} | ${annotations["action"]} |`;
  });
  return ["| alert | fires when | what to do |", "| --- | --- | --- |", ...rows].join("\n");
}

function between(page: string, name: string, text: string): string {
  const [begin, end] = [`<!-- ${name} -->\n`, `\n<!-- /${name} -->`];
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`The page has no place for ${name}.`);
  return `${page.slice(0, from + begin.length)}\n${text}\n${page.slice(to)}`;
}
