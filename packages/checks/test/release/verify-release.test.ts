import { expect, test } from "vitest";
import { isOnThisMachine, verifyRelease } from "../../src/release/verify-release.ts";
import { notThere, onePackage, recordedNpm } from "./recorded-npm.ts";

const folder = "/scratch";

/** As the registry answers at `dist.attestations.url`; the statement that npm itself adds stands first. */
function attestations(commit: string): unknown {
  const statement = {
    predicate: {
      buildDefinition: {
        resolvedDependencies: [{ uri: "git+https://github.com/ghlkit/ghlkit@refs/heads/main", digest: { gitCommit: commit } }],
      },
    },
  };
  const bundle = (value: unknown): object => ({ dsseEnvelope: { payload: Buffer.from(JSON.stringify(value)).toString("base64") } });
  return {
    attestations: [
      { predicateType: "https://github.com/npm/attestation/tree/main/specs/publish/v0.1", bundle: bundle({}) },
      { predicateType: "https://slsa.dev/provenance/v1", bundle: bundle(statement) },
    ],
  };
}

const signed = {
  commit: "c0ffee",
  readJson: (url: string): Promise<unknown> => Promise.resolve(attestations(url.endsWith("b") ? "other" : "c0ffee")),
};
const packages = [onePackage("a"), onePackage("b")];
const served = (
  name: string,
  more = `, "attestations": { "url": "https://registry.example.com/${name}" }`,
): { readonly stdout: string } => ({
  stdout: `{ "integrity": "sha512-${name}"${more} }`,
});

test("packages that are served as they were packed, signed and with provenance, have no problem", async () => {
  const npm = recordedNpm({ "view a": served("a"), install: {}, "audit signatures": {} });
  expect(await verifyRelease([onePackage("a")], { npm, folder, signed })).toEqual([]);
  expect(npm.calls.slice(-2)).toEqual(["install --ignore-scripts --no-audit --no-fund --legacy-peer-deps a@1.0.0", "audit signatures"]);
});

test("what is missing, differs or has no provenance is named", async () => {
  const npm = recordedNpm({ "view a": served("other"), "view b": notThere, "view c": served("c", "") });
  const problems = await verifyRelease([...packages, onePackage("c")], { npm, folder, signed });
  expect(problems).toEqual([
    "a@1.0.0: the registry serves sha512-other, packed was sha512-a.",
    "b@1.0.0 is not on the registry.",
    "c@1.0.0 has no provenance.",
  ]);
});

test("a signature that is not valid is a problem", async () => {
  const npm = recordedNpm({
    "view a": served("a"),
    "view b": served("b"),
    install: {},
    audit: { ok: false, stdout: "1 package has an invalid signature" },
  });
  expect(await verifyRelease([onePackage("a")], { npm, folder, signed })).toEqual([expect.stringContaining("invalid signature")]);
});

test("a package that was built from another commit, or states none, is a problem", async () => {
  const npm = recordedNpm({ "view a": served("a"), "view b": served("b") });
  expect(await verifyRelease(packages, { npm, folder, signed })).toEqual(["b@1.0.0 was built from other, released was c0ffee."]);
  const readJson = (): Promise<unknown> => Promise.resolve({});
  expect(await verifyRelease([onePackage("a")], { npm, folder, signed: { commit: "c0ffee", readJson } })).toEqual([
    "a@1.0.0 was built from no stated commit, released was c0ffee.",
  ]);
});

test("only a registry on this machine may lack signatures", () => {
  expect(["http://127.0.0.1:4873/", "http://localhost:1/", "http://[::1]:1/"].map(isOnThisMachine)).toEqual([true, true, true]);
  expect(["https://registry.npmjs.org/", "https://127.0.0.1.example.com/"].map(isOnThisMachine)).toEqual([false, false]);
});
