import { expect, test } from "vitest";
import { counted } from "../../src/steps/tests.ts";

function report(passed: number, failed: number, broken = 0, success = failed + broken === 0): string {
  const testResults = [
    {
      name: "a.test.ts",
      status: failed > 0 ? "failed" : "passed",
      assertionResults: [
        { status: "passed", fullName: "counts", failureMessages: [] },
        ...Array.from({ length: failed }, (_, at) => ({
          status: "failed",
          fullName: `adds ${at}`,
          failureMessages: ["Expected 1, got 2"],
        })),
      ],
    },
    ...Array.from({ length: broken }, () => ({ name: "broken.test.ts", status: "failed", message: "No such file", assertionResults: [] })),
  ];
  return JSON.stringify({ success, numPassedTests: passed, numFailedTests: failed, testResults });
}

test("counts tests one by one", () => {
  expect(counted(report(7, 0), true)).toMatchObject({ passed: 7, failed: 0 });
  expect(counted(report(7, 2), false)).toMatchObject({ passed: 7, failed: 2 });
});

test("names each test that failed, with why", () => {
  expect(counted(report(7, 2), false).output).toBe(
    "failed: a.test.ts\n  adds 0\nExpected 1, got 2\nfailed: a.test.ts\n  adds 1\nExpected 1, got 2",
  );
});

test("a file that broke before its tests is a failure", () => {
  expect(counted(report(7, 0, 1), false)).toMatchObject({ passed: 7, failed: 1, output: "broken: broken.test.ts\nNo such file" });
});

test("a run that failed although no test did is a failure", () => {
  expect(counted(report(7, 0), false)).toMatchObject({ passed: 7, failed: 1 });
  expect(counted(report(7, 0, 0, false), true)).toMatchObject({ passed: 7, failed: 1 });
});
