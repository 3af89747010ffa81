import { describe, expect, test } from "vitest";
import type { Emulator } from "../src/index.ts";
import { packagedContract, type Generation, type OpenApiDocument, type Operation } from "../src/contract/contract-source.ts";
import { bodySchema, findOperation, queryParameters, type OpenApiOperation } from "../src/contract/open-api.ts";
import { sampleValue } from "../src/sample/sample-value.ts";
import { handlers } from "../src/services/services.ts";
import { answerCheck } from "./open-validator.ts";
import { createTestClient } from "./test-client.ts";

/** Those whose answer is no JSON, or nothing, are checked by status alone. */
describe.each<[Generation, string]>([
  ["v3", "v3"],
  ["v2", "2021-07-28"],
])("every operation of %s that has no state", (generation, usualVersion) => {
  test("takes a well formed request and answers with a valid sample", { timeout: 300_000 }, async () => {
    const { emulator } = createTestClient({ sharedVersion: generation, journalSize: 0 });
    const findings: string[] = [];
    let count = 0;
    for (const operation of packagedContract.operations(generation)) {
      if (operation.id in handlers) continue;
      const response = await emulator.fetch(await requestFor(operation, generation, usualVersion, emulator));
      const text = await response.text();
      count += 1;
      const { success, findings: check } = await answerCheck(generation, operation);
      const said = `${response.status} ${response.headers.get("x-emulator-answer")} ${response.headers.get("x-emulator-operation")}`;
      if (said !== `${success.status} sample ${operation.id}`) findings.push(`${operation.id}: ${said} ${text.slice(0, 200)}`);
      else if (success.contentType?.includes("json"))
        findings.push(...check(JSON.parse(text)).map((finding) => `${operation.id}: ${finding}`));
    }
    expect(findings).toEqual([]);
    expect(count).toBeGreaterThan(450);
  });
});

async function requestFor(operation: Operation, generation: Generation, usualVersion: string, emulator: Emulator): Promise<Request> {
  const document = await packagedContract.document(generation, operation.id);
  const node = document && findOperation(document, operation);
  if (document === undefined || node === undefined) throw new Error(operation.id);
  const { tokens, locationId, companyId } = emulator.seed;
  const isAgency = !operation.tokens.some((token) => token.startsWith("location")) && operation.tokens.length > 0;
  const known = { locationId, companyId, altId: locationId, altType: "location", location_id: locationId };
  const context = { seed: operation.id, known, nowIso: "2026-11-01T10:00:00.000Z" };
  const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => (known as Record<string, string>)[name] ?? "x-1");
  const query = new URLSearchParams();
  for (const parameter of queryParameters(document, operation, node).filter((candidate) => candidate.required)) {
    const schema = { type: "object", properties: { [parameter.name]: parameter.schema } };
    const value = (sampleValue(schema, document, context) as Record<string, unknown>)[parameter.name];
    for (const item of Array.isArray(value) ? value : [value]) query.append(parameter.name, String(item));
  }
  const headers = new Headers({ Authorization: `Bearer ${isAgency ? tokens.appCompany : tokens.appLocation}` });
  headers.set("Version", generation === "v3" && operation.version !== null ? operation.version : usualVersion);
  if (operation.version === null) headers.delete("Version");
  const body = bodyFor(document, node, operation, context);
  if (body !== undefined && operation.body !== "multipart") headers.set("Content-Type", "application/json");
  return new Request(`http://emulator.test${path}?${query}`, { method: operation.method, headers, ...(body !== undefined && { body }) });
}

function bodyFor(
  document: OpenApiDocument,
  node: OpenApiOperation,
  operation: Operation,
  context: Parameters<typeof sampleValue>[2],
): string | FormData | undefined {
  const schema = bodySchema(document, node)?.schema;
  if (schema === undefined) return undefined;
  const value = sampleValue(schema, document, context);
  if (operation.body !== "multipart") return JSON.stringify(value);
  const form = new FormData();
  for (const [name, item] of Object.entries(value as Record<string, unknown>)) {
    for (const part of Array.isArray(item) ? item : [item]) form.append(Array.isArray(item) ? `${name}[]` : name, String(part));
  }
  return form;
}
