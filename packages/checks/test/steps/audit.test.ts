import { expect, test } from "vitest";
import { judgeAudit } from "../../src/steps/audit.ts";

test("a known vulnerability fails", () => {
  const advisories = { 1: { severity: "high", module_name: "left", title: "breaks", url: "https://example.com" } };
  const answer = { metadata: { vulnerabilities: { low: 0, high: 1 } }, advisories };
  expect(judgeAudit(JSON.stringify(answer))).toMatchObject({ failed: 1, output: "high left: breaks https://example.com" });
});

test("none passes", () => {
  expect(judgeAudit(JSON.stringify({ metadata: { vulnerabilities: { low: 0, high: 0 } } }))).toMatchObject({
    passed: 1,
    note: "nothing known",
  });
});

test.each([JSON.stringify({ error: { code: "ERR_PNPM_AUDIT_BAD_RESPONSE" } }), "getaddrinfo ENOTFOUND", ""])(
  "a registry that gives no audit is reported: %s",
  (output) => {
    expect(judgeAudit(output)).toMatchObject({ passed: 1, failed: 0, note: expect.stringContaining("SKIPPED") as string });
  },
);
