import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";

/** A folder for one test, removed when it ends. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "ghlkit-spec-"));
  onTestFinished(async () => rm(folder, { recursive: true, force: true }));
  return folder;
}

export async function writeFiles(folder: string, files: Readonly<Record<string, unknown>>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), typeof content === "string" ? content : JSON.stringify(content));
  }
}

export type Raw = Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any -- documents that tests bend

/** A document in the vendor's style, about pets, in our own words. */
export function petsDocument(version: string): Raw {
  return {
    openapi: "3.0.0",
    info: { title: "Pets", version: "1.0", description: "All that our animals let us know about them." },
    servers: [{ url: "https://services.leadconnectorhq.com" }],
    tags: [],
    paths: {
      "/pets/{petId}": {
        get: {
          operationId: "get-pet",
          summary: "One animal with all its names",
          parameters: [
            { name: "Version", in: "header", required: true, schema: { type: "string", enum: [version] } },
            { name: "petId", in: "path", required: true, schema: { type: "string" } },
            { name: "locationId", in: "query", required: true, schema: { type: "string" } },
          ],
          responses: {
            "200": { description: "Fine", content: { "application/json": { schema: { $ref: "#/components/schemas/PetDto" } } } },
            "400": {
              description: "Bad",
              content: { "application/json": { schema: { $ref: "../common/common-schemas.json#/components/schemas/BadRequestDTO" } } },
            },
          },
          security: [{ bearer: ["pets.readonly"] }],
        },
      },
      "/pets/": {
        post: {
          operationId: "create-pet",
          parameters: [{ name: "Version", in: "header", required: true, schema: { type: "string", enum: [version] } }],
          requestBody: { required: true, content: { "application/json": { schema: { $ref: "#/components/schemas/PetDto" } } } },
          responses: { "201": { description: "Made" } },
          security: [{ bearer: [] }],
        },
      },
    },
    components: {
      schemas: {
        PetDto: {
          type: "object",
          required: ["name"],
          properties: {
            name: { type: "string", description: "What we call when the food is ready.", example: "Rex" },
            kind: { type: "string", enum: ["dog", "cat"] },
          },
        },
      },
    },
  };
}

const common = { components: { schemas: { BadRequestDTO: { type: "object", properties: { message: { type: "string" } } } } } };

/** A source folder of two generations. */
export function petsSource(current: Raw = petsDocument("v3"), v2: Raw = petsDocument("2021-07-28")): Record<string, unknown> {
  return {
    "apps/v3/pets-v3.json": current,
    "apps/v3/common/common-schemas.json": common,
    "apps/pets.json": v2,
    "common/common-schemas.json": common,
  };
}
