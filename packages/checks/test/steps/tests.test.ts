import { expect, test } from "vitest";
import { counted } from "../../src/steps/tests.ts";

function report(passed: number, failed: number, broken = 0, success = failed + broken === 0): string {
  const testResults = [
    { name: "a.test.ts", status: failed > 0 ? "failed" : "passed", assertionResults: [{}] },
    ...Array.from({ length: broken }, () => ({ name: "broken.test.ts", status: "failed", assertionResults: [] })),
  ];
  return JSON.stringify({ success, numPassedTests: passed, numFailedTests: failed, testResults });
}

test("counts tests one by one", () => {
  expect(counted(report(7, 0), true)).toMatchObject({ passed: 7, failed: 0 });
  expect(counted(report(7, 2), false)).toMatchObject({ passed: 7, failed: 2 });
});

test("a file that broke before its tests is a failure", () => {
  expect(counted(report(7, 0, 1), false)).toMatchObject({ passed: 7, failed: 1, output: "broken: broken.test.ts" });
});

test("a run that failed although no test did is a failure", () => {
  expect(counted(report(7, 0), false)).toMatchObject({ passed: 7, failed: 1 });
  expect(counted(report(7, 0, 0, false), true)).toMatchObject({ passed: 7, failed: 1 });
});
