import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { installationSize } from "../../src/release/installation-size.ts";

let project = "";

beforeEach(async () => {
  project = await mkdtemp(join(tmpdir(), "ghlkit-size-"));
});

afterEach(() => rm(project, { recursive: true, force: true }));

async function install(path: string, bytes: number): Promise<void> {
  const file = join(project, "node_modules", path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, Buffer.alloc(bytes));
}

test("an installation up to the ceiling is noted", async () => {
  await install("ghlkit/dist/index.js", 6_000_000);
  await install("@ghlkit/core/dist/index.js", 1_000_000);
  expect(await installationSize(project)).toEqual({ note: "7.00 MB installed", problems: [] });
});

test("an installation above it is a problem, with the largest packages first", async () => {
  await install("@ghlkit/core/dist/index.js", 10_000);
  await install("ghlkit/dist/index.js", 7_000_000);
  const { problems } = await installationSize(project);
  expect(problems).toEqual(["ghlkit unpacks to 7.01 MB, more than 7.00 MB:\n7.00 MB ghlkit\n0.01 MB @ghlkit/core"]);
});
