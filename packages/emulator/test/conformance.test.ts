import { describe, expect, test } from "vitest";
import { packagedContract, type Generation } from "../src/contract/contract-source.ts";
import { answerCheck } from "./open-validator.ts";
import { runScenario } from "./scenario.ts";
import { createTestClient } from "./test-client.ts";

// That no operation is missing, here and in the walk, `every-operation.test.ts` checks.
describe.each<[Generation, string]>([
  ["v3", "v3"],
  ["v2", "2021-07-28"],
])("stateful operations of %s", (generation, version) => {
  test("all answer with the declared status and in the declared shape", async () => {
    const client = createTestClient();
    const operations = new Map(packagedContract.operations(generation).map((operation) => [operation.id, operation]));
    const findings: string[] = [];
    const seen = new Set<string>();
    await runScenario(client, version, async (answer, label) => {
      const operation = operations.get(answer.headers.get("x-emulator-operation") ?? "");
      if (operation === undefined) return void findings.push(`${label}: no operation, ${answer.status}`);
      seen.add(operation.id);
      const check = await answerCheck(generation, operation);
      if (answer.status !== check.success.status) findings.push(`${label}: ${answer.status} ${JSON.stringify(answer.body)}`);
      else findings.push(...check.findings(answer.body).map((finding) => `${operation.id}: ${finding}`));
      const { pagination } = operation;
      if (pagination !== null && !Array.isArray(at(answer.body, pagination.items)))
        findings.push(`${operation.id}: no list at ${pagination.items}`);
      if (pagination?.total !== undefined && typeof at(answer.body, pagination.total) !== "number") {
        findings.push(`${operation.id}: no number at ${pagination.total}`);
      }
      expect(answer.headers.get("x-emulator-answer")).toBe("stateful");
      expect(answer.body.traceId).toMatch(/^[0-9a-f-]{36}$/);
    });
    expect(findings).toEqual([]);
    expect(seen.size).toBeGreaterThan(100);
  });
});

/** The value at a dotted path. */
function at(body: unknown, path: string): unknown {
  return path === "" ? body : path.split(".").reduce<unknown>((node, name) => (node as Record<string, unknown> | undefined)?.[name], body);
}
