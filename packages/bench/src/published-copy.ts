import { execFileSync } from "node:child_process";
import { cp, mkdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../../", import.meta.url));

/** A folder in which our packages are installed as npm would install them: built, with the exports that are published. */
export interface PublishedCopy {
  readonly folder: string;
  readonly remove: () => Promise<void>;
}

/** Builds the packages and installs copies of them, and the official client beside, in a folder outside `packages/`. */
export async function publishedCopy(names: readonly string[]): Promise<PublishedCopy> {
  for (const name of names)
    execFileSync("pnpm", ["run", "build"], { cwd: `${root}packages/${name}`, stdio: ["ignore", "ignore", "inherit"] });
  const folder = `${root}.tmp/bench-${process.pid}`;
  await mkdir(`${folder}/node_modules/@ghlkit`, { recursive: true });
  await writeFile(`${folder}/package.json`, '{ "type": "module", "private": true }\n');
  for (const name of names) await install(name, folder);
  await link("client/node_modules/openapi-fetch", `${folder}/node_modules/openapi-fetch`);
  await mkdir(`${folder}/node_modules/@gohighlevel`, { recursive: true });
  await link("bench/node_modules/@gohighlevel/api-client", `${folder}/node_modules/@gohighlevel/api-client`);
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

async function install(name: string, folder: string): Promise<void> {
  const target = `${folder}/node_modules/@ghlkit/${name}`;
  await cp(`${root}packages/${name}/dist`, `${target}/dist`, { recursive: true });
  const manifest = JSON.parse(await readFile(`${root}packages/${name}/package.json`, "utf8")) as { publishConfig: object };
  await writeFile(`${target}/package.json`, JSON.stringify({ ...manifest, ...manifest.publishConfig }));
}

async function link(from: string, to: string): Promise<void> {
  await symlink(`${root}packages/${from}`, to);
}
