import { readdir, readFile, rm, stat, symlink } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { sync, type SyncResult } from "../../src/sync/sync.ts";
import { petsDocument, petsSource, temporaryFolder, writeFiles, type Raw } from "../source-fixture.ts";

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
    "openapi/changes/README.md",
    "openapi/changes/aaaaaaa.md",
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
    await rm(join(root, ".changeset"), { recursive: true });
    const grown = petsDocument("v3");
    grown["paths"]["/pets/{petId}"].delete = { ...grown["paths"]["/pets/{petId}"].get, operationId: "delete-pet" };
    await writeFiles(source, { "apps/v3/pets-v3.json": grown });
    const { diff, namesAdded } = await run("bbbbbbbb");
    expect(diff).toMatchObject({ breaking: false, operations: [{ id: "pets.delete", status: "added" }] });
    expect([...namesAdded.values()]).toEqual(["pets.delete"]);
    expect(await readFile(join(root, ".changeset/spec-bbbbbbb.md"), "utf8")).toContain('"@ghlkit/contract": patch');
    expect(await readFile(join(root, "openapi/changes/bbbbbbb.md"), "utf8")).toContain("`pets.delete` (v3, `DELETE /pets/{petId}`)");
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
    const before = await readFile(join(root, "openapi/changes/README.md"), "utf8");
    const reworded = petsDocument("v3");
    reworded["info"].description = "Other words for the same animals.";
    await writeFiles(source, { "apps/v3/pets-v3.json": reworded });
    const { changed } = await run("dddddddd");
    expect(changed).toEqual(["openapi/source.lock.json"]);
    expect(await readFile(join(root, "openapi/changes/README.md"), "utf8")).toBe(before);
  });

  test("that removes a service removes its document, and its names stay", async () => {
    const { source, root, run } = await importPets();
    await writeFiles(source, {
      "apps/v3/toys-v3.json": { ...petsDocument("v3"), paths: { "/toys/": { get: petsDocument("v3")["paths"]["/pets/"].post } } },
    });
    await run();
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

describe("before a release", () => {
  const breaking = (): Raw => {
    const document = petsDocument("v3");
    document["components"].schemas.PetDto.required.push("kind");
    return document;
  };
  const corrected = (): Raw => {
    const document = breaking();
    document["components"].schemas.PetDto.properties.age = { type: "number" };
    return document;
  };

  test("a second sync of the same state keeps the stronger bump, what breaks, and both reports", async () => {
    const { source, root, run } = await importPets();
    await run();
    await rm(join(root, ".changeset"), { recursive: true });
    await writeFiles(source, { "apps/v3/pets-v3.json": breaking() });
    await run("cccccccc");
    await writeFiles(source, { "apps/v3/pets-v3.json": corrected() });
    await run("cccccccc");
    const note = await readFile(join(root, ".changeset/spec-ccccccc.md"), "utf8");
    expect(note).toContain('"@ghlkit/contract": minor');
    expect(note).toContain("`pets.create` (v3): changed `request.kind` (required now)");
    const report = await readFile(join(root, "openapi/changes/ccccccc.md"), "utf8");
    expect(report).toContain("changed `request.kind`: required now");
    expect(report).toContain("added `request.age`: optional field");
    expect(await run("cccccccc")).toMatchObject({ changed: [] });
  });

  test("syncs of several states make one changeset, a report each, and an index with the latest first", async () => {
    const { source, root, run } = await importPets();
    await run();
    await rm(join(root, ".changeset"), { recursive: true });
    await writeFiles(source, { "apps/v3/pets-v3.json": breaking() });
    await run("cccccccc");
    await writeFiles(source, { "apps/v3/pets-v3.json": corrected() });
    await run("dddddddd");
    expect(await readdir(join(root, ".changeset"))).toEqual(["spec-ddddddd.md"]);
    const note = await readFile(join(root, ".changeset/spec-ddddddd.md"), "utf8");
    expect(note).toContain('"@ghlkit/client": minor');
    expect(note).toContain("changed `request.kind` (required now)");
    const rows = (await readFile(join(root, "openapi/changes/README.md"), "utf8")).split("\n").filter((line) => line.startsWith("| [`"));
    expect(rows.map((row) => row.slice(4, 11))).toEqual(["ddddddd", "ccccccc", "aaaaaaa"]);
  });
});

test("a service file that is renamed is reported and breaks: modules of its types move", async () => {
  const { source, root, run } = await importPets();
  await run();
  await rm(join(source, "apps/v3/pets-v3.json"));
  await writeFiles(source, { "apps/v3/animals-v3.json": petsDocument("v3") });
  const { diff } = await run("bbbbbbbb");
  expect(diff.breaking).toBe(true);
  expect(diff.operations[0]?.changes).toContainEqual({ place: "service", kind: "changed", detail: "pets → animals", breaking: true });
  expect(await readFile(join(root, ".changeset/spec-bbbbbbb.md"), "utf8")).toContain("pets → animals");
});

test("a restyled path keeps its id and is reported with both paths", async () => {
  const { source, root, run } = await importPets();
  const before = petsDocument("v3");
  before["paths"]["/pets/{petId}/remove-all"] = { post: before["paths"]["/pets/"].post };
  await writeFiles(source, { "apps/v3/pets-v3.json": before });
  await run();
  const after = petsDocument("v3");
  after["paths"]["/pets/{petId}/removeAll"] = { post: after["paths"]["/pets/"].post };
  await writeFiles(source, { "apps/v3/pets-v3.json": after });
  const { diff } = await run("bbbbbbbb");
  expect(diff.operations).toMatchObject([{ id: "pets.removeAll", status: "renamed", breaking: true }]);
  expect(await readFile(join(root, "openapi/changes/bbbbbbb.md"), "utf8")).toContain("/remove-all → POST /pets/{petId}/removeAll");
});

describe("a source that cannot be read is refused in one sentence", () => {
  const cases: readonly (readonly [string, Readonly<Record<string, string>>, string])[] = [
    ["an empty file", { "apps/v3/pets-v3.json": "" }, "apps/v3/pets-v3.json: is empty"],
    ["a file that ends in the middle", { "apps/v3/pets-v3.json": '{\n "a": [' }, "apps/v3/pets-v3.json: is not JSON: it ends in line 2"],
    ["a syntax error", { "apps/v3/pets-v3.json": '{\n  "a": 1,\n}' }, "apps/v3/pets-v3.json: is not JSON: line 3, column 1"],
    ["a list", { "apps/v3/pets-v3.json": "[]" }, "apps/v3/pets-v3.json: is not a JSON object but an array"],
    [
      "a document without paths",
      { "apps/v3/pets-v3.json": '{"openapi":"3.0.0","servers":[{"url":"https://services.leadconnectorhq.com"}],"components":{}}' },
      "apps/v3/pets-v3.json#/paths: is not an object but absent",
    ],
    [
      "a key that stands twice",
      { "apps/v3/pets-v3.json": '{"paths":{"/a":{"get":[0,{"x":1}]},"/a":{"get":[0,{"b{\\"":1,"y":2,"y":3}]}}}' },
      "apps/v3/pets-v3.json#/paths/~1a: stands twice in its object",
    ],
    [
      "a key that stands twice in a list, below a text with brackets",
      { "apps/v3/pets-v3.json": '{"a":[[],{},"]}\\"",{"c":{"y":{},"y":3}}]}' },
      "apps/v3/pets-v3.json#/a/3/c/y: stands twice in its object",
    ],
    [
      "a number that cannot be read",
      { "apps/v3/pets-v3.json": '{"a":[1,-2.5e3,{"maximum":1e400}]}' },
      "apps/v3/pets-v3.json#/a/2/maximum: 1e400 is a number beyond what a double holds",
    ],
    [
      "a whole number that would be rounded",
      { "apps/v3/pets-v3.json": '{"a":9007199254740993}' },
      "apps/v3/pets-v3.json#/a: 9007199254740993 is a number beyond",
    ],
    [
      "two files of one service",
      { "apps/ad-manager.json": "{}", "apps/ad-publishing.json": "{}" },
      "apps/ad-publishing.json: names the service ad-publishing, as apps/ad-manager.json does",
    ],
    [
      "a route that two documents describe",
      { "apps/v3/zoo-v3.json": JSON.stringify(petsDocument("v3")) },
      "apps/v3/zoo-v3.json#/paths/~1pets~1/post: POST /pets/ stands in apps/v3/pets-v3.json, too",
    ],
    ["a name that cannot be a service's", { "apps/v3/a b.json": "{}" }, 'apps/v3/a b.json: "a b" cannot name a service'],
  ];
  test.each(cases)("%s", async (_, files, message) => {
    const { source, run } = await importPets();
    await writeFiles(source, files);
    await expect(run()).rejects.toThrow(message);
    await expect(run()).rejects.toThrow(/^[^\n]+$/);
  });

  test("a link in the place of a file", async () => {
    const { source, run } = await importPets();
    await rm(join(source, "apps/v3/pets-v3.json"));
    await symlink(join(source, "apps/pets.json"), join(source, "apps/v3/pets-v3.json"));
    await expect(run()).rejects.toThrow("apps/v3/pets-v3.json: is not a file");
  });

  test("a file that is too large", async () => {
    const { source, run } = await importPets();
    await writeFiles(source, { "apps/v3/pets-v3.json": `{"info":"${"a".repeat(20_000_001)}"}` });
    await expect(run()).rejects.toThrow("apps/v3/pets-v3.json: has 21 MB; documents of at most 20 MB are read");
  });

  test("another layout: what was expected and what is there", async () => {
    const [source, root] = [await temporaryFolder(), await temporaryFolder()];
    await writeFiles(source, { "docs/readme.md": "old", "openapi.json": "{}" });
    await expect(sync({ source, root })).rejects.toThrow(
      "expected apps/v3/*.json and apps/*.json and apps/v3/common/common-schemas.json and common/common-schemas.json, found docs, openapi.json",
    );
  });

  test("a byte order mark is skipped", async () => {
    const { source, run } = await importPets();
    await writeFiles(source, { "apps/v3/pets-v3.json": `\uFEFF${JSON.stringify(petsDocument("v3"))}` });
    await expect(run()).resolves.toMatchObject({ diff: { breaking: false } });
  });

  test("a commit or day that is none", async () => {
    const { source, root } = await importPets();
    await expect(sync({ source, root, state: { commit: "../../x", date: "2026-01-02" } })).rejects.toThrow(
      '--commit "../../x" is not a commit',
    );
    await expect(sync({ source, root, state: { commit: "aaaaaaaa", date: "today" } })).rejects.toThrow('--date "today" is not a day');
  });
});
