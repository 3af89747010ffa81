import { resolve } from "node:path";
import { publishTarballs } from "../publish-tarballs.ts";
import { readRelease } from "../release-package.ts";
import { runNpm } from "../run-npm.ts";
import { assertToolVersions } from "../tool-versions.ts";

// Publishes the tarballs of a folder: `node publish.ts <folder>`. Nothing but Node.js and npm is needed, so that the job that may publish
// installs nothing of the workspace.
await assertToolVersions(process.version, runNpm);
await publishTarballs(await readRelease(resolve(process.argv[2] ?? "tarballs")), runNpm, console.log);
