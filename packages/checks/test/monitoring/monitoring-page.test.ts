import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { readAlertRules } from "../../src/monitoring-page/alert-rule.ts";
import { renderMonitoringPage } from "../../src/monitoring-page/render-monitoring-page.ts";

const read = (path: string): Promise<string> => readFile(new URL(`../../../../docs/${path}`, import.meta.url), "utf8");

test("docs/monitoring.md has every metric and every alert: pnpm docs:monitoring writes it", async () => {
  const page = await read("monitoring.md");
  expect(page).toBe(renderMonitoringPage(page, readAlertRules(await read("monitoring/alerts.yaml"))));
});

test("every incident of the runbook has an alert that links to it, and names it", async () => {
  const runbook = await read("runbook.md");
  const incidents = [...runbook.matchAll(/^## (.+)\n([^]*?)(?=^## |$(?![^]))/gm)].filter(([, , text = ""]) => text.includes("Drill:"));
  expect(incidents.length).toBeGreaterThanOrEqual(4);
  const rules = readAlertRules(await read("monitoring/alerts.yaml"));
  const linked = new Map(rules.map(({ name, annotations }) => [name, annotations["runbook"]]));
  const places = incidents.map(([, heading = ""]) => `docs/runbook.md#${heading.toLowerCase().replaceAll(" ", "-")}`);
  expect([...new Set(linked.values())].filter((place) => place !== undefined).toSorted()).toEqual(places.toSorted());
  for (const [, , text = ""] of incidents) {
    const named = text.match(/`Ghlkit\w+`/g) ?? [];
    expect(named.length).toBeGreaterThan(0);
    for (const name of named) expect(rules.map((rule) => `\`${rule.name}\``)).toContain(name);
  }
});

test("an expression that the test could not evaluate is refused", () => {
  const rule = (expr: string): string => `groups: [{ rules: [{ alert: A, expr: "${expr}", for: 1m, labels: {}, annotations: {} }] }]`;
  expect(readAlertRules(rule("a_b > 1.5"))).toMatchObject([{ name: "A", metric: "a_b", forMs: 60_000 }]);
  for (const expr of ["rate(a[5m]) > 1", "a > b", "a > 1 or b > 1", "sum(a) > 1"])
    expect(() => readAlertRules(rule(expr))).toThrow("is not a metric");
});
