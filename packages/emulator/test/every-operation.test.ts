import { beforeAll, describe, expect, test } from "vitest";
import { packagedContract, type Generation } from "../src/contract/contract-source.ts";
import type { Emulator } from "../src/index.ts";
import { idNamesOf, resourceOperations } from "../src/resources/resource-table.ts";
import { answering } from "../src/services/services.ts";
import { answerCheck } from "./open-validator.ts";
import { sampleRequest } from "./sample-request.ts";
import { runScenario } from "./scenario.ts";
import { createTestClient } from "./test-client.ts";
import { isWrongDocument } from "./walk/document-is-wrong.ts";
import { resourcesOf, walkFamily } from "./walk/family.ts";
import { walkHandlers } from "./walk/handler-walk.ts";
import { prepare } from "./walk/prepare.ts";
import { at, createWalker, type Walker } from "./walk/walker.ts";

const versions: Readonly<Record<Generation, string>> = { v3: "v3", v2: "2021-07-28" };

const walked = { timeout: 300_000 };

describe.each<Generation>(["v3", "v2"])("every operation of %s", (generation) => {
  let emulator: Emulator;
  let walker: Walker;
  beforeAll(() => {
    ({ emulator } = createTestClient({ sharedVersion: generation, journalSize: 0 }));
    walker = createWalker(emulator, generation);
  });

  test(
    "resources live from their creation to their end, refuse unknown ids and other locations, and show what was sent",
    walked,
    async () => {
      const refs = await prepare(walker);
      for (const resource of resourcesOf(walker)) await walkFamily(resource, walker, refs);
      await walkHandlers(walker, refs);
      expect(walker.findings.filter((finding) => !isWrongDocument(finding))).toEqual([]);
      expect([...walker.ignored]).toEqual([]);
      // The hand-written services have a scenario of their own; what they answer `conformance.test.ts` checks.
      const scenario = new Set(walker.seen);
      await runScenario(createTestClient({ journalSize: 0 }), versions[generation], async ({ headers }) => {
        scenario.add(headers.get("x-emulator-operation") ?? "");
      });
      const own = Object.keys(answering).filter((id) => walker.has(id));
      expect(own.filter((id) => !scenario.has(id))).toEqual([]);
    },
  );

  test("what has no state answers with a valid sample", walked, async () => {
    const findings: string[] = [];
    for (const operation of packagedContract.operations(generation)) {
      if (operation.id in answering) continue;
      const { request } = await sampleRequest(operation, generation, emulator);
      const response = await emulator.fetch(request);
      const text = await response.text();
      const { success, findings: check } = await answerCheck(generation, operation);
      const said = `${response.status} ${response.headers.get("x-emulator-answer")} ${response.headers.get("x-emulator-operation")}`;
      if (said !== `${success.status} sample ${operation.id}`) findings.push(`${operation.id}: ${said} ${text.slice(0, 200)}`);
      else if (success.contentType?.includes("json"))
        findings.push(...check(JSON.parse(text)).map((finding) => `${operation.id}: ${finding}`));
    }
    expect(findings).toEqual([]);
  });
});

test("what one generation creates the other reads, with the same id", walked, async () => {
  const { emulator } = createTestClient({ journalSize: 0 });
  const [v3, v2] = [createWalker(emulator, "v3"), createWalker(emulator, "v2")];
  const findings: string[] = [];
  let count = 0;
  for (const create of resourceOperations.values()) {
    const get = [...resourceOperations.values()].find(({ resource, role }) => resource === create.resource && role === "get");
    if (create.role !== "create" || create.resource.includes("{}") || get?.idAt?.place !== "path" || !v2.has(get.id) || !v3.has(create.id))
      continue;
    const made = await v3.call(create.id);
    const shown = at(made.body, create.itemPath.v3 ?? "") as Record<string, unknown> | undefined;
    const id = String(shown?.[idNamesOf(create.resource).find((name) => shown[name] !== undefined) ?? ""]);
    const read = await v2.call(get.id, { known: { [get.idAt.name]: id } });
    if (made.status < 300) count += 1;
    if (made.status < 300 && (read.status !== 200 || !JSON.stringify(read.body).includes(id))) findings.push(`${get.id}: ${read.status}`);
  }
  expect(findings).toEqual([]);
  expect(count).toBeGreaterThan(15);
});

describe("coverage", () => {
  test.each<[Generation, number]>([
    ["v3", 500],
    ["v2", 455],
  ])("outside ad publishing %s answers from state or computation", (generation, least) => {
    const own = packagedContract.operations(generation).filter(({ id }) => !id.startsWith("adPublishing."));
    expect(own.filter(({ id }) => id in answering).length).toBeGreaterThanOrEqual(least);
  });
});
