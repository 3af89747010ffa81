import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { packAll } from "../../pack-all.ts";
import { tarballProblems } from "../../tarball-problems.ts";
import { writeShippedFiles } from "../shipped-files.ts";

// Builds, packs and checks every published package of this checkout: `pnpm release:pack` writes tarballs and checksums to `tarballs/`.
// With `--update-files` it writes the lists of files that they are compared with.
const { values } = parseArgs({ options: { "update-files": { type: "boolean", default: false } } });
const root = fileURLToPath(new URL("../../../../..", import.meta.url)).replace(/\/$/, "");
const folder = join(root, "tarballs");
const tarballs = await packAll(root, folder);
if (values["update-files"]) await writeShippedFiles(tarballs);
const problems = await tarballProblems(root, tarballs);
for (const problem of problems) console.error(problem);
if (problems.length === 0) console.log(`${tarballs.length} tarballs in ${folder}`);
process.exitCode = problems.length === 0 ? 0 : 1;
