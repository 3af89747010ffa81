import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { promisify } from "node:util";
import { beforeAll, describe, expect, test } from "vitest";
import { itemSchema } from "../../src/generate/item-schema.ts";
import { readOperations } from "../../src/generate/operation-rows.ts";
import { successAnswer } from "../../src/generate/document.ts";
import { loadContract, type Contract } from "../../src/load/load-contract.ts";
import { readOverlays } from "../../src/overlay/read-overlays.ts";
import { temporaryFolder, writeFiles } from "../source-fixture.ts";

const root = fileURLToPath(new URL("../../../..", import.meta.url)).replace(/\/$/, "");
const openapi = join(root, "openapi");
let contract: Contract;
beforeAll(async () => {
  contract = await loadContract(openapi);
});

const rows = (generation: "v3" | "v2") =>
  [...contract[generation].values()].flatMap((document) => readOperations(document).map((one) => ({ ...one, document })));

test("every operation has its own id within a generation, and the same id in both for the same route", () => {
  const ids = { v3: rows("v3").map(({ row }) => row.id), v2: rows("v2").map(({ row }) => row.id) };
  expect(new Set(ids.v3).size).toBe(ids.v3.length);
  expect(new Set(ids.v2).size).toBe(ids.v2.length);
  const current = new Map(rows("v3").map(({ row }) => [`${row.method} ${row.path.replace(/\{[^}]*\}/g, "{}")}`, row.id]));
  for (const { row } of rows("v2")) {
    const twin = current.get(`${row.method} ${row.path.replace(/\{[^}]*\}/g, "{}")}`);
    if (twin !== undefined) expect(row.id).toBe(twin);
  }
});

test("the items of every paged list stand in its answer", () => {
  for (const { row, source, document } of [...rows("v3"), ...rows("v2")]) {
    const answer = successAnswer(source)?.schema;
    if (row.pagination === null || answer === undefined) continue;
    expect(itemSchema(document, answer, row.pagination.items), `${row.id}: ${row.pagination.items}`).toBeDefined();
  }
});

test("every successor is an operation of the current generation", () => {
  const current = new Set(rows("v3").map(({ row }) => row.id));
  const successors = rows("v2").flatMap(({ row }) => row.successor ?? []);
  expect(successors.length).toBeGreaterThan(0);
  for (const id of successors) expect(current, id).toContain(id);
});

describe("overlays", () => {
  test("say why, and where that is known from", async () => {
    for (const [service, overlay] of await readOverlays(join(openapi, "overlays"))) {
      expect(overlay.overlay).toBe("1.0.0");
      for (const action of overlay.actions) {
        expect(action["x-reason"].length, `${service} ${action.target}`).toBeGreaterThan(10);
        expect(action["x-evidence"].length, `${service} ${action.target}`).toBeGreaterThan(5);
        expect(action["x-generation"].length).toBeGreaterThan(0);
      }
    }
  });

  test("type the contact search, its filters and its answer", () => {
    const search = contract.v3.get("contacts")?.paths["/contacts/search"]?.post;
    expect(search?.requestBody?.content["application/json"]?.schema).toEqual({ $ref: "#/components/schemas/ContactSearchBody" });
    expect(search?.responses["200"]?.content?.["application/json"]?.schema).toEqual({ $ref: "#/components/schemas/ContactSearchResponse" });
  });
});

describe("corrections people ran into", () => {
  const both = ["v3", "v2"] as const;

  test.each(both)("%s: messages come in a page inside the answer (docs#54)", (generation) => {
    const schemas = contract[generation].get("conversations")?.components?.schemas;
    expect(schemas?.["GetMessagesByConversationResponse"]?.properties?.["messages"]).toEqual({ $ref: "#/components/schemas/MessagePage" });
    expect(schemas?.["MessagePage"]?.["x-always"]).toEqual(["messages", "nextPage"]);
  });

  test.each(both)("%s: a message is sent without a status", (generation) => {
    expect(contract[generation].get("conversations")?.components?.schemas?.["SendMessageBody"]?.required).toEqual(["type", "contactId"]);
  });

  test.each(both)("%s: beside the days of free slots stands a trace id", (generation) => {
    const answer = contract[generation].get("calendars")?.paths["/calendars/{calendarId}/free-slots"]?.get?.responses["200"];
    expect(answer?.content?.["application/json"]?.schema).toMatchObject({
      properties: { traceId: { type: "string" } },
      additionalProperties: { anyOf: [{ $ref: "#/components/schemas/Slots" }, { type: "string" }] },
    });
  });

  test.each(both)("%s: an opportunity is upserted without saying anything of followers", (generation) => {
    expect(contract[generation].get("opportunities")?.components?.schemas?.["UpsertOpportunity"]?.required).toEqual([
      "pipelineId",
      "locationId",
    ]);
  });

  test.each(both)("%s: every placeholder of a path is a parameter (docs#326)", (generation) => {
    for (const { row, source } of rows(generation)) {
      const declared = (source.parameters ?? []).filter((one) => one.in === "path").map((one) => one.name);
      expect(new Set(declared), row.id).toEqual(new Set([...row.path.matchAll(/\{([^}]*)\}/g)].map((match) => match[1])));
    }
  });
});

test("the event catalogue names a confidence and a shape for every kind", () => {
  const events = contract.events as unknown as {
    webhooks: Record<string, { post: Record<string, unknown> }>;
    components: { schemas: Record<string, unknown> };
  };
  const names = Object.keys(events.webhooks);
  expect(names.length).toBeGreaterThanOrEqual(77);
  for (const name of names) {
    expect(["documented", "inferred", "named-only"], name).toContain(events.webhooks[name]?.post["x-confidence"]);
    expect([true, false, "unknown"], name).toContain(events.webhooks[name]?.post["x-type-on-wire"]);
    expect(events.components.schemas[name], name).toBeDefined();
  }
});

test("redocly finds no error, neither in the files nor with overlays applied", async () => {
  const folder = await temporaryFolder();
  const overlaid = Object.fromEntries(
    (["v3", "v2"] as const).flatMap((generation) =>
      [...contract[generation]].map(([service, document]) => [`${generation}-${service}.json`, document]),
    ),
  );
  await writeFiles(folder, overlaid);
  const files = [
    ...(["v3", "v2"] as const).flatMap((one) => [...contract[one].keys()].map((service) => join(openapi, one, `${service}.yaml`))),
    join(openapi, "events.yaml"),
  ];
  const cli = fileURLToPath(new URL("../../node_modules/@redocly/cli/bin/cli.js", import.meta.url));
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [cli, "lint", "--extends", "spec", "--format", "json", ...files, ...Object.keys(overlaid).map((name) => join(folder, name))],
    { maxBuffer: 1 << 26, env: { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" } },
  );
  // One report per document; a document with errors also fails the process.
  const errors = [...stdout.matchAll(/"errors": (\d+)/g)].map((match) => Number(match[1]));
  expect(errors).toHaveLength(files.length + Object.keys(overlaid).length);
  expect(errors.every((count) => count === 0)).toBe(true);
}, 300_000);
