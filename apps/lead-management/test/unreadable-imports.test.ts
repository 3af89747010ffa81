import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openLocalPlatform } from "@ghlkit/app-kit/server";
import { openPerson } from "@ghlkit/app-kit/story";
import { createLeapClock } from "@ghlkit/app-kit/testing";
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

it("gives up an import whose file is gone, and says so once", { timeout: 300_000 }, async () => {
  const clock = createLeapClock();
  const platform = await openLocalPlatform({ clock });
  const { locationId } = platform.emulator.seed;
  const folder = await mkdtemp(join(tmpdir(), "ghlkit-leads-"));
  const { served, backend } = await startLeads({ ...(await platform.environment("private")), PORT: "0", DATA_FOLDER: folder }, clock);
  const isOver = async (id: string): Promise<boolean> =>
    (JSON.parse(await readFile(join(folder, "imports", locationId, `${id}.json`), "utf8")) as { readonly isOver: boolean }).isOver;
  const published = vi.spyOn(backend.channel, "publish");
  const problems = (): number =>
    published.mock.calls.filter(([, { type, data }]) => type === "import" && "problem" in (data as object)).length;
  try {
    const staff = await openPerson(served.url, served.link(locationId));
    const { id } = await staff.send<{ readonly id: string }>("/imports/preview", { text: "first_name,email\nAda,ada@example.com" });
    await rm(join(folder, "imports", locationId, `${id}.csv`));
    await staff.send("/imports", { id, mapping: { firstName: "first_name" } });
    await expect.poll(() => isOver(id)).toBe(true);
    await clock.leap(60_000);
    expect(problems()).toBe(1);
  } finally {
    await served.close();
    await platform.close();
    await rm(folder, { recursive: true, force: true });
  }
});
