import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { drills } from "../../src/drill/run-drills.ts";
import { run } from "../run.ts";

it("plays every incident through to its end", async () => {
  const { code, out, err } = await run("drill", "--json");
  const reports = JSON.parse(out) as { name: string; ok: boolean; lines: { type: string; ok?: boolean; text: string }[] }[];
  expect(reports.flatMap(({ name, lines }) => lines.filter(({ ok }) => ok === false).map(({ text }) => `${name}: ${text}`))).toEqual([]);
  expect({ code, err, names: reports.map(({ name }) => name) }).toEqual({ code: 0, err: "", names: drills.map(({ name }) => name) });
  for (const { lines } of reports) {
    expect(lines.filter(({ type }) => type === "check").length).toBeGreaterThanOrEqual(3);
    expect(lines.some(({ type }) => type === "person")).toBe(true);
  }
}, 300_000);

it("plays one by its name, for people", async () => {
  const { code, out } = await run("drill", "leaked-token");
  expect(code).toBe(0);
  expect(out).toMatch(/^leaked-token: .* \(alert GhlkitPrivateTokenOld\)/);
  expect(out).toMatch(/a person {2}Settings → Private Integrations/);
  expect(out).toMatch(/Passed in \d+ ms/);
  expect(await run("drill", "nothing")).toMatchObject({ code: 2 });
}, 300_000);

it("is announced by an alert that there is, and stands in the runbook with it", async () => {
  const read = (path: string): Promise<string> => readFile(new URL(`../../../../docs/${path}`, import.meta.url), "utf8");
  const [alerts, runbook] = [await read("monitoring/alerts.yaml"), await read("runbook.md")];
  for (const { name, alert } of drills) {
    expect(alerts).toContain(`- alert: ${alert}\n`);
    const chapter = runbook
      .split("\n## ")
      .slice(1)
      .find((text) => text.includes(`ghlkit drill ${name}`));
    expect(chapter, name).toContain(alert);
  }
});
