import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { listTarball } from "../src/list-tarball.ts";

/** One entry of a tar archive: a header block, and the content in whole blocks. */
function entry(path: string, content: string, kind = "0"): Buffer {
  const header = Buffer.alloc(512);
  header.write(path, 0);
  header.write(content.length.toString(8).padStart(11, "0"), 124);
  header.write(kind, 156);
  const body = Buffer.alloc(Math.ceil(content.length / 512) * 512);
  body.write(content);
  return Buffer.concat([header, body]);
}

test("lists files with their sizes, folders left out", async () => {
  const folder = await mkdtemp(join(tmpdir(), "ghlkit-tar-"));
  try {
    const file = join(folder, "x.tgz");
    const tar = [entry("package/dist/", "", "5"), entry("package/package.json", "{}"), entry("package/dist/index.js", "x".repeat(600))];
    const bytes = gzipSync(Buffer.concat([...tar, Buffer.alloc(1024)]));
    await writeFile(file, bytes);
    expect(await listTarball(file)).toEqual({ files: ["dist/index.js", "package.json"], packedBytes: bytes.length, unpackedBytes: 602 });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
