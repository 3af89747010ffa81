import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { publishedPackages } from "../src/published-packages.ts";

let root = "";

async function write(path: string, content: unknown): Promise<void> {
  await mkdir(join(root, path, ".."), { recursive: true });
  await writeFile(join(root, path), JSON.stringify(content));
}

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "ghlkit-packages-"));
  const exports = { ".": "./src/index.ts", "./types/*": "./src/generated/*.ts" };
  await write("packages/open/package.json", { name: "@ghlkit/open", version: "1.2.3", exports });
  await write("packages/open/src/generated/a.ts", "");
  await write("packages/open/src/generated/b.ts", "");
  await write("packages/open/src/generated/c.json", "");
  await write("packages/closed/package.json", { name: "@ghlkit/closed", version: "0.0.0", private: true });
  await write("packages/empty/README.md", "");
});

afterAll(() => rm(root, { recursive: true, force: true }));

test("finds what is not private, with its entry points spelled out", async () => {
  expect(await publishedPackages(root)).toEqual([
    {
      name: "@ghlkit/open",
      version: "1.2.3",
      folder: join(root, "packages/open"),
      entryPoints: ["@ghlkit/open", "@ghlkit/open/types/a", "@ghlkit/open/types/b"],
      peers: {},
    },
  ]);
});
