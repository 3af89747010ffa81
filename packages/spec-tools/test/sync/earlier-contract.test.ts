import { expect, test } from "vitest";
import type { OpenApiDocument } from "../../src/generate/document.ts";
import { earlierContract } from "../../src/sync/earlier-contract.ts";
import { yamlText } from "../../src/write/yaml-text.ts";
import { temporaryFolder, writeFiles } from "../source-fixture.ts";

const titled = (title: string): OpenApiDocument => ({ info: { title, version: "v3" }, paths: {} });

test("a document that is written as before is not parsed again; another one is read as it stands", async () => {
  const root = await temporaryFolder();
  await writeFiles(root, {
    "openapi/v3/pets.yaml": yamlText(titled("pets")),
    "openapi/v3/toys.yaml": yamlText(titled("old toys")),
    "openapi/v2/gone.yaml": yamlText(titled("gone")),
  });
  const written = (document: OpenApiDocument) => ({ document, text: yamlText(document) });
  const [pets, toys] = [written(titled("pets")), written(titled("new toys"))];
  const before = await earlierContract(
    root,
    new Map([
      ["openapi/v3/pets.yaml", pets],
      ["openapi/v3/toys.yaml", toys],
    ]),
  );
  expect(before.v3.get("pets")).toBe(pets.document);
  expect(before.v3.get("toys")).toEqual(titled("old toys"));
  expect([...before.v2.keys()]).toEqual(["gone"]);
});
