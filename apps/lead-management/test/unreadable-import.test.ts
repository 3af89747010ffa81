import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openLocalPlatform } from "@ghlkit/app-kit/server";
import { expect, it, vi } from "vitest";
import { startLeads } from "../src/server.ts";

it("starts beside a file of an import that is broken, and logs which", { timeout: 300_000 }, async () => {
  const platform = await openLocalPlatform();
  const folder = await mkdtemp(join(tmpdir(), "ghlkit-leads-"));
  const imports = join(folder, "imports", platform.emulator.seed.locationId);
  await mkdir(imports, { recursive: true });
  const id = "0123456789abcdef01234567";
  await writeFile(join(imports, `${id}.json`), '{"mapping": {');
  await writeFile(join(imports, "notes.json"), "{}");
  const logged = vi.spyOn(console, "error").mockImplementation(() => {});
  try {
    const { served } = await startLeads({ ...(await platform.environment("private")), PORT: "0", DATA_FOLDER: folder });
    await served.close();
    expect(logged.mock.calls.map(([line]) => String(line))).toEqual([`The import ${id} is left aside: its file cannot be read.`]);
  } finally {
    logged.mockRestore();
    await platform.close();
    await rm(folder, { recursive: true, force: true });
  }
});
