import { isDeepStrictEqual } from "node:util";
import type { Manifest } from "../published-manifest.ts";

const repository = "https://github.com/ghlkit/ghlkit";

/** Scripts that would run on the machine of everyone who installs a package. */
const installScripts = ["preinstall", "install", "postinstall", "prepare", "prepublish"];

/**
 * What a published manifest lacks, or has and should not.
 *
 * @param folder Name of the folder below `packages/`.
 */
export function manifestProblems(manifest: Manifest, folder: string): readonly string[] {
  const publishConfig = (manifest["publishConfig"] ?? {}) as Manifest;
  const expected: Readonly<Record<string, unknown>> = {
    name: folder === "ghlkit" ? folder : `@ghlkit/${folder}`,
    license: "MIT",
    type: "module",
    sideEffects: false,
    files: ["dist", "!dist/.tsbuildinfo", "CHANGELOG.md"],
    homepage: `${repository}/tree/main/packages/${folder}#readme`,
    bugs: { url: `${repository}/issues` },
    // Provenance compares it with the repository of the workflow, letter by letter.
    repository: { type: "git", url: `git+${repository}.git`, directory: `packages/${folder}` },
  };
  const wrong = Object.entries(expected).filter(([field, value]) => !isDeepStrictEqual(manifest[field], value));
  const keywords = (manifest["keywords"] ?? []) as readonly string[];
  return [
    ...wrong.map(([field, value]) => `${field} should be ${JSON.stringify(value)}`),
    ...(typeof manifest["description"] === "string" ? [] : ["description is missing"]),
    ...(keywords.includes("gohighlevel") && keywords.length > 4 ? [] : ["keywords should say what the package is for, beside gohighlevel"]),
    ...(publishConfig["access"] === "public" ? [] : ["publishConfig.access should be public"]),
    // Trusted publishing adds it; a first version that is published by hand could not be published with it.
    ...("provenance" in publishConfig ? ["publishConfig.provenance should be left to trusted publishing"] : []),
    ...exportProblems(manifest, publishConfig),
    ...installScripts
      .filter((name) => name in ((manifest["scripts"] ?? {}) as Manifest))
      .map((name) => `scripts.${name} would run at users'`),
  ];
}

/** In the workspace entry points are sources, published they are builds: the same ones. */
function exportProblems(manifest: Manifest, publishConfig: Manifest): readonly string[] {
  const [sources, builds] = [manifest["exports"], publishConfig["exports"]].map((exported) => Object.keys(exported ?? {}).toSorted());
  return isDeepStrictEqual(sources, builds) ? [] : ["exports and publishConfig.exports should have the same entry points"];
}
