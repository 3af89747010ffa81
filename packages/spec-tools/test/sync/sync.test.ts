import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { sync, type SyncResult } from "../../src/sync/sync.ts";
import { petsDocument, petsSource, temporaryFolder, writeFiles } from "../source-fixture.ts";

async function importPets(): Promise<{ source: string; root: string; run: (commit?: string) => Promise<SyncResult> }> {
  const [source, root] = [await temporaryFolder(), await temporaryFolder()];
  await writeFiles(source, petsSource());
  await writeFiles(root, { "packages/contract/package.json": { version: "0.1.0" } });
  const run = async (commit = "aaaaaaaa"): Promise<SyncResult> => sync({ source, root, state: { commit, date: "2026-01-02" } });
  return { source, root, run };
}

async function snapshot(folder: string): Promise<Record<string, string>> {
  const names = await readdir(folder, { recursive: true });
  const files: Record<string, string> = {};
  for (const name of names.toSorted((a, b) => (a < b ? -1 : 1))) {
    if ((await stat(join(folder, name))).isFile()) files[name] = await readFile(join(folder, name), "utf8");
  }
  return files;
}

test("writes both generations, names, lock, report and a changeset", async () => {
  const { root, run } = await importPets();
  await run();
  expect(Object.keys(await snapshot(root))).toEqual([
    ".changeset/spec-aaaaaaa.md",
    "openapi/CHANGES.md",
    "openapi/events.yaml",
    "openapi/names.yaml",
    "openapi/source.lock.json",
    "openapi/v2/pets.yaml",
    "openapi/v3/pets.yaml",
    "packages/contract/package.json",
  ]);
});

test("keeps the facts and none of the words", async () => {
  const { root, run } = await importPets();
  await run();
  const text = await readFile(join(root, "openapi/v3/pets.yaml"), "utf8");
  const get = parse(text).paths["/pets/{petId}"].get;
  expect(get).toMatchObject({
    operationId: "pets.get",
    tags: ["pets"],
    "x-version": "v3",
    "x-scopes": ["pets.readonly"],
    "x-retry": "safe",
    security: [{ location: [] }],
    parameters: [
      { name: "petId", in: "path", required: true, schema: { type: "string" } },
      { name: "locationId", in: "query", required: true, schema: { type: "string" } },
    ],
  });
  expect(get.responses["400"]).toEqual({ $ref: "#/components/responses/BadRequest" });
  expect(parse(text).components.schemas.Pet).toEqual({
    type: "object",
    required: ["name"],
    properties: { name: { type: "string" }, kind: { type: "string", enum: ["dog", "cat"] } },
  });
  for (const words of ["food is ready", "all its names", "animals", "Rex"]) expect(text).not.toContain(words);
});

test("a second run changes nothing, not even the changeset", async () => {
  const { root, run } = await importPets();
  await run();
  const before = await snapshot(root);
  const second = await run();
  expect(second.changed).toEqual([]);
  expect(await snapshot(root)).toEqual(before);
});

test("a source that is no checkout and changed must say what it is", async () => {
  const { source, root, run } = await importPets();
  await run();
  await expect(sync({ source, root })).resolves.toMatchObject({ changed: [] });
  await writeFiles(source, { "apps/v3/pets-v3.json": { ...petsDocument("v3"), tags: [{ name: "Pets" }] } });
  await expect(sync({ source, root })).rejects.toThrow("--commit");
});

describe("a change of the source", () => {
  test("that adds is a patch before 1.0, named and reported", async () => {
    const { source, root, run } = await importPets();
    await run();
    const grown = petsDocument("v3");
    grown["paths"]["/pets/{petId}"].delete = { ...grown["paths"]["/pets/{petId}"].get, operationId: "delete-pet" };
    await writeFiles(source, { "apps/v3/pets-v3.json": grown });
    const { diff, namesAdded } = await run("bbbbbbbb");
    expect(diff).toMatchObject({ breaking: false, operations: [{ id: "pets.delete", status: "added" }] });
    expect([...namesAdded.values()]).toEqual(["pets.delete"]);
    expect(await readFile(join(root, ".changeset/spec-bbbbbbb.md"), "utf8")).toContain('"@ghlkit/contract": patch');
    expect(await readFile(join(root, "openapi/CHANGES.md"), "utf8")).toContain("`pets.delete` (v3, `DELETE /pets/{petId}`)");
  });

  test("that breaks is a minor before 1.0 and says what breaks", async () => {
    const { source, root, run } = await importPets();
    await run();
    const changed = petsDocument("v3");
    changed["components"].schemas.PetDto.required.push("kind");
    await writeFiles(source, { "apps/v3/pets-v3.json": changed });
    await run("cccccccc");
    const note = await readFile(join(root, ".changeset/spec-ccccccc.md"), "utf8");
    expect(note).toContain('"@ghlkit/client": minor');
    expect(note).toContain("`pets.create` (v3): changed `request.kind` (required now)");
  });

  test("in words alone makes no changeset and keeps the last report of changes", async () => {
    const { source, root, run } = await importPets();
    await run();
    const before = await readFile(join(root, "openapi/CHANGES.md"), "utf8");
    const reworded = petsDocument("v3");
    reworded["info"].description = "Other words for the same animals.";
    await writeFiles(source, { "apps/v3/pets-v3.json": reworded });
    const { changed } = await run("dddddddd");
    expect(changed).toEqual(["openapi/source.lock.json"]);
    expect(await readFile(join(root, "openapi/CHANGES.md"), "utf8")).toBe(before);
  });

  test("that removes a service removes its document, and its names stay", async () => {
    const { source, root, run } = await importPets();
    await writeFiles(source, {
      "apps/v3/toys-v3.json": { ...petsDocument("v3"), paths: { "/toys/": { get: petsDocument("v3")["paths"]["/pets/"].post } } },
    });
    await run();
    const { rm } = await import("node:fs/promises");
    await rm(join(source, "apps/v3/toys-v3.json"));
    const { changed, diff } = await run("eeeeeeee");
    expect(changed).toContain("openapi/v3/toys.yaml");
    expect(diff.operations).toMatchObject([{ id: "toys.list", status: "removed", breaking: true }]);
    expect(await readFile(join(root, "openapi/names.yaml"), "utf8")).toContain('"GET /toys/": toys.list');
  });

  test("of an unknown kind stops the run before anything is written", async () => {
    const { source, root, run } = await importPets();
    await run();
    const before = await snapshot(root);
    const strange = petsDocument("v3");
    strange["components"].schemas.PetDto.properties.name.contentEncoding = "base64";
    await writeFiles(source, { "apps/v3/pets-v3.json": strange });
    await expect(run("ffffffff")).rejects.toThrow(
      'apps/v3/pets-v3.json#/components/schemas/PetDto/properties/name/contentEncoding: unknown schema keyword "contentEncoding"',
    );
    expect(await snapshot(root)).toEqual(before);
  });
});
