import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { OutputReporter } from "../../src/output-reporter.ts";
import { judgeOutput } from "../../src/steps/suite-output.ts";

// Put together here, so that the scan of the repository's own files has nothing to find.
const jwt = ["eyJhbGciOiJSUzI1NiJ9", "eyJzb3VyY2UiOiJJTlRFR1JBVElPTiJ9", "c2lnbmF0dXJlLW9mLWEtdG9rZW4"].join(".");
const uuid = "3f2b8c1d-9a4e-4d7b-8c6f-1e2d3c4b5a69";

test.each([
  ["an access or refresh token", `GET /x ${jwt}`],
  ["a private token", `Bearer pit-${uuid}`],
  ["a client secret", `{ clientSecret: '${uuid}' }`],
  ["a shared secret", `shared_secret=${uuid}`],
  ["a token of a fake platform", `refresh-secret-3-${uuid}`],
])("%s in the output fails, and is not repeated", (_what, text) => {
  const result = judgeOutput([`fine\n${text}\n`, "{}"]);
  expect(result).toMatchObject({ failed: 1, output: expect.stringContaining("line 2") as string });
  expect(result.output).not.toContain(uuid.slice(9));
});

test("output without secrets passes; none at all does not", () => {
  expect(judgeOutput(["oauth { clientSecret: [redacted] }", "{}"])).toMatchObject({ passed: 1 });
  expect(judgeOutput([undefined, "{}"])).toMatchObject({ failed: 1 });
});

test("the reporter keeps what is printed, of this run only", async () => {
  const folder = await mkdtemp(join(tmpdir(), "ghlkit-output-"));
  const file = join(folder, "deep", "output.log");
  for (const content of ["before", "after"]) {
    const reporter = new OutputReporter(file);
    reporter.onInit();
    reporter.onUserConsoleLog({ content, taskId: "t", type: "stdout", time: 0, size: 0, browser: false } as never);
    reporter.onTestRunEnd([], [{ message: "it broke", stack: "at x" } as never]);
  }
  expect(await readFile(file, "utf8")).toMatch(/^after\nit broke/);
  await rm(folder, { recursive: true });
});
