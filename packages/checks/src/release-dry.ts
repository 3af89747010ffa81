import { fileURLToPath } from "node:url";
import { listTarball } from "./list-tarball.ts";
import { packNextRelease } from "./release/packed-workspace.ts";
import { rehearseRelease } from "./release/rehearse-release.ts";
import { reproductionProblems } from "./release/reproduction-problems.ts";

// The whole way of a release, on this machine: versions, tarballs, publishing to a local registry, installing from it, the quick start.
const root = fileURLToPath(new URL("../../..", import.meta.url)).replace(/\/$/, "");
const packed = await packNextRelease(root);
try {
  for (const { name, version, file } of packed.tarballs) {
    const { files, packedBytes, unpackedBytes } = await listTarball(file);
    const sizes = `${kilobytes(packedBytes)} packed ${kilobytes(unpackedBytes)} unpacked ${String(files.length).padStart(5)} files`;
    console.log(`${`${name}@${version}`.padEnd(36)} ${sizes}`);
  }
  const rehearsal = await rehearseRelease(packed);
  const problems = [...(await reproductionProblems(packed)), ...rehearsal.problems];
  for (const problem of problems) console.error(problem);
  if (problems.length === 0)
    console.log("Packed twice with equal checksums, published to a local registry, installed with npm, Bun and Deno, run.");
  process.exitCode = problems.length === 0 ? 0 : 1;
} finally {
  await packed.remove();
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1).padStart(8)} kB`;
}
