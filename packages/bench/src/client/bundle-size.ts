import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { measure, type Measure } from "../measure.ts";
import type { PublishedCopy } from "../published-copy.ts";

const programs = {
  path: 'import { createPathClient } from "@ghlkit/client/path"; const { data } = await createPathClient().GET("/contacts/{contactId}", { params: { path: { contactId: "1" } } }); console.log(data);',
  facade: 'import { createClient } from "@ghlkit/client"; console.log(await createClient().contacts.get({ contactId: "1" }));',
  official:
    'import { HighLevel } from "@gohighlevel/api-client"; console.log(await new HighLevel({ privateIntegrationToken: "x" }).contacts.getContact({ contactId: "1" }));',
};

/** What a program weighs, minified and gzipped, and whether it builds where there is no Node. */
export async function bundleSizes({ folder }: PublishedCopy): Promise<readonly Measure[]> {
  const official = await bundle(folder, programs.official, "node");
  const against = { "@gohighlevel/api-client": official / 1024 };
  const path = await bundle(folder, programs.path, "browser");
  const facade = await bundle(folder, programs.facade, "browser");
  const built = await Promise.all(
    [programs.path, programs.facade].flatMap((code) => [bundle(folder, code, "browser"), bundle(folder, code, "worker")]),
  );
  const officialBuilds = await bundle(folder, programs.official, "browser").then(
    () => 1,
    () => 0,
  );
  return [
    measure("one-endpoint program, path level with version rules, min+gzip", path / 1024, "KiB", { atMost: 8 }, against),
    measure("whole facade with the operation table, min+gzip", facade / 1024, "KiB", { atMost: 20 }, against),
    measure(
      "programs that build for browsers and workers",
      built.length,
      "of 4",
      { atLeast: 4 },
      { "@gohighlevel/api-client": officialBuilds },
    ),
  ];
}

async function bundle(folder: string, contents: string, target: "node" | "browser" | "worker"): Promise<number> {
  const result = await build({
    stdin: { contents, resolveDir: folder, loader: "js" },
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    logLevel: "silent",
    platform: target === "node" ? "node" : "browser",
    ...(target === "worker" ? { conditions: ["workerd", "worker", "browser"] } : {}),
  });
  return gzipSync(result.outputFiles[0]?.contents ?? new Uint8Array(), { level: 9 }).length;
}
