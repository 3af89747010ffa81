import { existsSync, readFileSync } from "node:fs";

interface Manifest {
  readonly name: string;
  readonly version: string;
}

/** Version of this package. How far up its package.json is depends on what was bundled. */
export function packageVersion(): string {
  for (const path of ["../package.json", "../../package.json"]) {
    const place = new URL(path, import.meta.url);
    if (!existsSync(place)) continue;
    const { name, version } = JSON.parse(readFileSync(place, "utf8")) as Manifest;
    if (name === "@ghlkit/cli") return version;
  }
  return "unknown";
}
