import { expect, test } from "vitest";
import { publishedManifest } from "../src/published-manifest.ts";

const versions = { packages: new Map([["@ghlkit/core", "1.2.3"]]), catalog: { hono: "4.0.0" } };

test("what is published has versions and built entry points, in the order of the source, and nothing of the workspace", () => {
  const manifest = {
    name: "@ghlkit/x",
    scripts: { build: "tsc" },
    exports: { ".": "./src/index.ts" },
    bin: { x: "./src/bin.ts" },
    dependencies: { hono: "catalog:", "@ghlkit/core": "workspace:*", other: "^1.0.0" },
    devDependencies: { vitest: "catalog:" },
    peerDependencies: { "@ghlkit/core": "workspace:^" },
    publishConfig: { access: "public", exports: { ".": "./dist/index.js" }, bin: { x: "./dist/bin.js" } },
  };
  expect(JSON.stringify(publishedManifest(manifest, versions))).toBe(
    JSON.stringify({
      name: "@ghlkit/x",
      exports: { ".": "./dist/index.js" },
      bin: { x: "./dist/bin.js" },
      dependencies: { hono: "4.0.0", "@ghlkit/core": "1.2.3", other: "^1.0.0" },
      peerDependencies: { "@ghlkit/core": "^1.2.3" },
      publishConfig: { access: "public" },
    }),
  );
});

test.each([{ unknown: "catalog:" }, { unknown: "workspace:*" }, { hono: "catalog:other" }])(
  "a dependency without a version ends the pack: %j",
  (dependencies) => {
    expect(() => publishedManifest({ dependencies }, versions)).toThrow("has no version");
  },
);
