import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { checkProse } from "../../src/check/check-prose.ts";
import { checkSurvival } from "../../src/check/check-survival.ts";
import { resolveResponses } from "../../src/check/resolve-responses.ts";
import { words } from "../../src/check/vendor-sentences.ts";
import { readDocuments } from "../../src/load/read-documents.ts";
import type { SourceDocument } from "../../src/normalise/source-document.ts";
import { readSource } from "../../src/sync/read-source.ts";
import { sync } from "../../src/sync/sync.ts";
import { petsSource, temporaryFolder, writeFiles, type Raw } from "../source-fixture.ts";

async function imported() {
  const [folder, root] = [await temporaryFolder(), await temporaryFolder()];
  await writeFiles(folder, petsSource());
  await sync({ source: folder, root, state: { commit: "aaaaaaa", date: "2026-01-02" } });
  const contract = { v3: await readDocuments(join(root, "openapi/v3")), v2: await readDocuments(join(root, "openapi/v2")) };
  for (const documents of Object.values(contract)) for (const one of documents.values()) resolveResponses(one as unknown as SourceDocument);
  return { source: await readSource(folder), root, contract, pets: contract.v3.get("pets") as unknown as Raw };
}

test("what the sync writes holds every fact and no sentence", async () => {
  const { source, root, contract } = await imported();
  expect(checkSurvival(source, contract)).toEqual([]);
  expect(await checkProse(source, [], root)).toEqual([]);
});

describe("finds", () => {
  const cases: [string, (pets: Raw) => void, string][] = [
    ["a lost operation", (pets) => delete pets["paths"]["/pets/"], "lost: operation"],
    ["a lost parameter", (pets) => pets["paths"]["/pets/{petId}"].get.parameters.pop(), "lost: query parameter locationId"],
    ["a lost field", (pets) => delete pets["components"].schemas.Pet.properties.kind, "lost: answer 200: field kind"],
    [
      "a lost enum value",
      (pets) => (pets["components"].schemas.Pet.properties.kind.enum = ["dog"]),
      'lost: answer 200: value "cat" of kind',
    ],
    ["a lost required flag", (pets) => delete pets["components"].schemas.Pet.required, "lost: answer 200: required flag of name"],
    ["a lost scope", (pets) => delete pets["paths"]["/pets/{petId}"].get["x-scopes"], "lost: scope pets.readonly"],
    ["a lost token kind", (pets) => (pets["paths"]["/pets/{petId}"].get.security = []), "lost: token kind of bearer"],
    ["a lost version", (pets) => delete pets["paths"]["/pets/{petId}"].get["x-version"], "lost: version"],
    ["a lost status", (pets) => delete pets["paths"]["/pets/{petId}"].get.responses["400"], "lost: status 400"],
    ["a lost media type", (pets) => (pets["paths"]["/pets/"].post.requestBody.content = {}), "lost: request: media type application/json"],
  ];
  test.each(cases)("%s", async (_, lose, problem) => {
    const { source, contract, pets } = await imported();
    lose(pets);
    expect(checkSurvival(source, contract).map((one) => one.problem)).toContain(problem);
  });

  test("a planted sentence, whatever its punctuation and line breaks", async () => {
    const { source, root } = await imported();
    await writeFiles(root, { "docs/reference/v3/pets.md": "# Pets\n\nName: what *we* call,\nwhen the food is ready!" });
    expect(await checkProse(source, [], root)).toEqual([
      { file: "docs/reference/v3/pets.md", place: "", problem: 'a sentence of the vendor: "what we call when the food is ready"' },
    ]);
  });

  test("a sentence of a page, but not the rows of its tables", async () => {
    const { source, root } = await imported();
    await writeFiles(root, {
      "openapi/notes.md": "Ask us before you feed the animals. | pets.readonly | GET /pets and more than that | yes |",
    });
    const pages = ["Ask us before you feed the animals.\n| pets.readonly | GET /pets and more than that | yes |"];
    expect((await checkProse(source, pages, root)).map((one) => one.problem)).toEqual([
      'a sentence of the vendor: "ask us before you feed the animals"',
    ]);
  });
});

test("an identifier is one word", () => {
  expect(words('"get-custom-audience-by-id": GET /pets/{petId}, <b>fine</b>.')).toEqual([
    "getcustomaudiencebyid",
    "get",
    "petspetid",
    "fine",
  ]);
});
