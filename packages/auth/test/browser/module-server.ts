import { readFile } from "node:fs/promises";
import { stripTypeScriptTypes } from "node:module";
import { join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

const packages = fileURLToPath(new URL("../../..", import.meta.url));

/** Where the modules of a page come from: the sources themselves, without their types. */
export const importMap: string = JSON.stringify({
  imports: { "@ghlkit/auth/browser": "/modules/auth/src/browser.ts", "@ghlkit/core": "/modules/core/src/index.ts" },
});

/** Answers `/modules/<package>/src/…ts` with the module as a browser takes it. */
export async function serveModule(pathname: string): Promise<Response> {
  const path = normalize(join(packages, pathname.slice("/modules/".length)));
  if (!path.startsWith(packages) || !/\/src\/[\w/-]+\.ts$/.test(path)) return new Response("no such module", { status: 404 });
  const source = await readFile(path, "utf8");
  return new Response(stripTypeScriptTypes(source), { headers: { "content-type": "text/javascript" } });
}
