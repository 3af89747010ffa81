import { readFile } from "node:fs/promises";
import { measure, type Measure } from "../measure.ts";

/** Runtime dependencies that an installation of the client brings. */
export async function dependencyCount(): Promise<Measure> {
  const manifest = JSON.parse(await readFile(new URL("../../../client/package.json", import.meta.url), "utf8")) as {
    dependencies: Readonly<Record<string, string>>;
  };
  const allowed = ["openapi-fetch", "@ghlkit/core", "@ghlkit/contract"];
  const names = Object.keys(manifest.dependencies);
  const more = names.filter((name) => !allowed.includes(name));
  if (more.length > 0) throw new Error(`The client depends on more than it should: ${more.join(", ")}.`);
  return measure("runtime dependencies of the client, direct", names.length, "packages", { atMost: 3 });
}
