import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { OperationDiff } from "../../src/diff/contract-change.ts";
import { typeDocument } from "../../src/generate/type-document.ts";
import { readDocuments } from "../../src/load/read-documents.ts";
import { sync, type SyncResult } from "../../src/sync/sync.ts";
import { petsDocument, petsSource, temporaryFolder, writeFiles, type Raw } from "../source-fixture.ts";

/** One step of a history: what the vendor changed, and what a sync has to make of it. */
interface HistoricalStep {
  readonly name: string;
  readonly change: (pets: Raw, toys: Raw) => void;
  readonly judged: readonly (Pick<OperationDiff, "id" | "status" | "breaking"> & { readonly change?: string })[];
}

const post = (schema: string): Raw => ({
  ...petsDocument("v3")["paths"]["/pets/"].post,
  requestBody: { required: true, content: { "application/json": { schema: { $ref: `#/components/schemas/${schema}` } } } },
});

/** Five kinds of steps that the vendor's history shows, in miniature and in our own words. */
const steps: readonly HistoricalStep[] = [
  {
    name: "a service is added",
    change: (_pets, toys) => void (toys["paths"]["/toys/"] = { post: post("PetDto") }),
    judged: [{ id: "toys.create", status: "added", breaking: false }],
  },
  {
    name: "a path appears beside its twin, whose parameter is called otherwise",
    change(pets) {
      const { parameters, ...get } = pets["paths"]["/pets/{petId}"].get;
      const renamed = (parameters as Raw[]).map((one) => (one["name"] === "petId" ? { ...one, name: "id" } : one));
      pets["paths"]["/pets/{id}"] = { delete: { ...get, parameters: renamed, operationId: "delete-pet" } };
    },
    judged: [{ id: "pets.delete", status: "added", breaking: false }],
  },
  {
    name: "an operation moves into the document of another service",
    change(pets, toys) {
      pets["paths"]["/toys/"] = toys["paths"]["/toys/"];
      toys["paths"] = { "/toys/{toyId}": { post: { ...post("PetDto"), parameters: [...post("PetDto")["parameters"], toyId] } } };
    },
    judged: [
      { id: "toys.create", status: "changed", breaking: true, change: "toys → pets" },
      { id: "toys.createByToyId", status: "added", breaking: false },
    ],
  },
  {
    name: "values of an enum come and go",
    change: (pets) => void (pets["components"].schemas.PetDto.properties.kind.enum = ["dog", "bird"]),
    judged: [
      { id: "pets.create", status: "changed", breaking: true, change: "cat" },
      { id: "pets.delete", status: "changed", breaking: false },
      { id: "pets.get", status: "changed", breaking: false },
      { id: "toys.create", status: "changed", breaking: true, change: "cat" },
    ],
  },
  {
    name: "a field becomes required in one alternative of a request",
    change: (pets) => void pets["components"].schemas.Cat.required.push("claws"),
    judged: [{ id: "pets.createGroom", status: "changed", breaking: true, change: "required now" }],
  },
];

const toyId: Raw = { name: "toyId", in: "path", required: true, schema: { type: "string" } };

/** Pets that can be groomed, as cats or as dogs. */
function groomedPets(): Raw {
  const pets = petsDocument("v3");
  const fields = { name: { type: "string" }, claws: { type: "number" } };
  Object.assign(pets["components"].schemas, {
    Cat: { type: "object", required: ["name"], properties: fields },
    Dog: { type: "object", required: ["name"], properties: { name: { type: "string" } } },
    Groom: { anyOf: [{ $ref: "#/components/schemas/Cat" }, { $ref: "#/components/schemas/Dog" }] },
  });
  pets["paths"]["/pets/groom"] = { post: post("Groom") };
  return pets;
}

test("a miniature of the vendor's history replays: every step is judged, ids stay, and a second sync changes nothing", async () => {
  const [source, root] = [await temporaryFolder(), await temporaryFolder()];
  const [pets, toys] = [groomedPets(), { ...petsDocument("v3"), paths: {} }];
  await writeFiles(root, { "packages/contract/package.json": { version: "0.1.0" } });
  await writeFiles(source, petsSource(pets));
  const run = (commit: string): Promise<SyncResult> => sync({ source, root, state: { commit, date: "2026-01-02" } });
  await run("a0000000");
  let names = await namesIn(root);
  for (const [index, { name, change, judged }] of steps.entries()) {
    change(pets, toys);
    await writeFiles(source, { "apps/v3/pets-v3.json": pets, "apps/v3/toys-v3.json": toys });
    const commit = `a${index + 1}000000`;
    const { diff } = await run(commit);
    const found = diff.operations.filter(({ generation }) => generation === "v3").toSorted((a, b) => (a.id < b.id ? -1 : 1));
    expect(
      found.map(({ id, status, breaking }) => ({ id, status, breaking })),
      name,
    ).toEqual(judged.map(({ id, status, breaking }) => ({ id, status, breaking })));
    for (const [at, one] of judged.entries()) {
      if (one.change !== undefined) expect(JSON.stringify(found[at]?.changes), name).toContain(one.change);
    }
    // Ids only grow, the contract can be typed, and the same state again is no change.
    const after = await namesIn(root);
    expect(after, name).toMatchObject(names);
    names = after;
    for (const document of (await readDocuments(join(root, "openapi/v3"))).values())
      expect(typeDocument(document).operations, name).not.toEqual([]);
    expect((await run(commit)).changed, name).toEqual([]);
  }
}, 300_000);

async function namesIn(root: string): Promise<Readonly<Record<string, string>>> {
  const lines = (await readFile(join(root, "openapi/names.yaml"), "utf8")).trim().split("\n");
  return Object.fromEntries(lines.map((line) => line.split(/(?<="): /) as [string, string]));
}
