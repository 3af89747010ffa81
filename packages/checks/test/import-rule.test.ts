import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, expect, test } from "vitest";
import { runCommand } from "../src/run-command.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));

const forbidden: readonly (readonly [folder: string, imports: string])[] = [
  ["contract", "@ghlkit/core"],
  ["contract-documents", "@ghlkit/contract"],
  ["core", "@ghlkit/client"],
  ["core", "node:fs"],
  ["client", "@ghlkit/auth"],
  ["client", "@ghlkit/contract-documents"],
  ["client", "@ghlkit/resilience"],
  ["client", "@ghlkit/core/testing"],
  ["client", "node:crypto"],
  ["auth", "@ghlkit/client"],
  ["auth", "@ghlkit/webhooks"],
  ["resilience", "@ghlkit/auth"],
  ["webhooks", "@ghlkit/resilience"],
  ["crm", "@ghlkit/auth"],
  ["crm", "ghlkit"],
  ["crm", "node:fs"],
  ["crm", "pg-boss"],
  ["sync", "@ghlkit/auth"],
  ["sync", "ghlkit"],
  ["sync", "node:sqlite"],
  ["storage", "@ghlkit/auth"],
  ["storage-sqlite", "@ghlkit/client"],
  ["emulator", "@ghlkit/core"],
  ["emulator", "@ghlkit/client"],
];

const permitted: readonly (readonly [folder: string, imports: string])[] = [
  ["core", "@ghlkit/contract"],
  ["client", "@ghlkit/core"],
  ["auth", "@ghlkit/core"],
  ["auth", "@ghlkit/storage"],
  ["resilience", "@ghlkit/core"],
  ["crm", "@ghlkit/client"],
  ["crm", "@ghlkit/resilience"],
  ["sync", "@ghlkit/client"],
  ["sync", "@ghlkit/webhooks"],
  ["storage-sqlite", "@ghlkit/storage"],
  ["storage-sqlite", "node:sqlite"],
  ["emulator", "@ghlkit/contract-documents"],
  ["emulator", "node:http"],
  ["ghlkit", "@ghlkit/client"],
];

/** Files to lint, and the rule each breaks. */
const files = new Map<string, string>();
let complaints = "";

const importing = (folder: string, imports: string): string =>
  `packages/${folder}/src/deep/${imports.replace(/\W+/g, "-").replace(/^-/, "")}.ts`;
for (const [folder, imports] of [...forbidden, ...permitted])
  files.set(importing(folder, imports), `import { x } from "${imports}";\nx();\n`);
files.set("packages/core/src/long.ts", `export const a = 1;\n${"a();\n".repeat(400)}`);
files.set("packages/core/src/wrong.ts", "export default 1;\n");

// All files in one run, under the workspace's own configuration.
beforeAll(async () => {
  const copy = await mkdtemp(join(tmpdir(), "ghlkit-lint-"));
  try {
    await cp(join(root, ".oxlintrc.json"), join(copy, ".oxlintrc.json"));
    for (const [path, code] of files) {
      await mkdir(dirname(join(copy, path)), { recursive: true });
      await writeFile(join(copy, path), code);
    }
    ({ output: complaints } = await runCommand(root, ["oxlint", "-c", ".oxlintrc.json", "-f", "unix"], copy));
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
});

function complaintsAbout(path: string): string {
  return complaints
    .split("\n")
    .filter((line) => line.startsWith(`${path}:`))
    .join("\n");
}

test.each(forbidden)("%s must not import %s", (folder, imports) => {
  expect(complaintsAbout(importing(folder, imports))).toContain("no-restricted-imports");
});

test.each(permitted)("%s may import %s", (folder, imports) => {
  expect(complaintsAbout(importing(folder, imports))).toBe("");
});

test("a file of more than 400 lines is flagged", () => {
  expect(complaintsAbout("packages/core/src/long.ts")).toContain("max-lines");
});

test("a default export is flagged", () => {
  expect(complaintsAbout("packages/core/src/wrong.ts")).toContain("no-default-export");
});
