import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { checkTarball } from "../../check-tarball.ts";
import { packAll } from "../../pack-all.ts";
import { scratchProject } from "../../scratch-project.ts";

// Builds, packs and checks every published package of this checkout: `pnpm release:pack` writes tarballs and checksums to `tarballs/`.
const root = fileURLToPath(new URL("../../../../..", import.meta.url)).replace(/\/$/, "");
const folder = join(root, "tarballs");
const tarballs = await packAll(root, folder);
const problems = [...(await Promise.all(tarballs.map(checkTarball))).flat(), ...(await scratchProject(root, tarballs))];
for (const problem of problems) console.error(problem);
if (problems.length === 0) console.log(`${tarballs.length} tarballs in ${folder}`);
process.exitCode = problems.length === 0 ? 0 : 1;
