import { existsSync } from "node:fs";
import { cp, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { checkProse } from "../src/check/check-prose.ts";
import { checkSurvival } from "../src/check/check-survival.ts";
import { resolveResponses } from "../src/check/resolve-responses.ts";
import { readDocuments } from "../src/load/read-documents.ts";
import type { SourceDocument } from "../src/normalise/source-document.ts";
import { readSource } from "../src/sync/read-source.ts";
import { sync } from "../src/sync/sync.ts";
import { temporaryFolder, writeFiles } from "./source-fixture.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url)).replace(/\/$/, "");
const upstream = process.env["GHLKIT_UPSTREAM"] ?? join(root, "../shared/upstream");
const present = existsSync(join(upstream, "apps/v3"));
if (!present)
  console.warn(
    `\nNOT TESTED: the contract against the vendor's documents. ${upstream} is not there (set GHLKIT_UPSTREAM to a checkout).\n`,
  );

describe.skipIf(!present)("against the vendor's documents", () => {
  test("a sync of the locked state changes no file", async () => {
    const copy = await temporaryFolder();
    await cp(join(root, "openapi"), join(copy, "openapi"), { recursive: true });
    await writeFiles(copy, { "packages/contract/package.json": { version: "0.0.0" } });
    const { changed, diff } = await sync({ source: upstream, root: copy });
    expect(diff.operations).toEqual([]);
    expect(changed).toEqual([]);
  }, 300_000);

  test("every fact survives, no sentence does", async () => {
    const source = await readSource(upstream);
    const contract = { v3: await readDocuments(join(root, "openapi/v3")), v2: await readDocuments(join(root, "openapi/v2")) };
    for (const documents of Object.values(contract))
      for (const one of documents.values()) resolveResponses(one as unknown as SourceDocument);
    expect(checkSurvival(source, contract)).toEqual([]);
    const page = await readFile(join(upstream, "docs/Scopes.md"), "utf8").catch(() => "");
    expect(await checkProse(source, [page], root)).toEqual([]);
  }, 300_000);
});
