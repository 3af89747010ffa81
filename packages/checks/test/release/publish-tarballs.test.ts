import { expect, test } from "vitest";
import { publishTarballs } from "../../src/release/publish-tarballs.ts";
import { inDependencyOrder } from "../../src/release/release-package.ts";
import { notThere, onePackage, recordedNpm } from "./recorded-npm.ts";

const lines: string[] = [];
const print = (line: string): void => void lines.push(line);

test("each package is published after those that it depends on", async () => {
  const packages = [onePackage("a", { dependencies: ["b", "elsewhere"] }), onePackage("b", { dependencies: ["c"] }), onePackage("c")];
  const npm = recordedNpm({ view: notThere, publish: {} });
  await publishTarballs(packages, npm, print);
  expect(npm.calls.filter((call) => call.startsWith("publish"))).toEqual([
    "publish /tarballs/c.tgz --access public --ignore-scripts",
    "publish /tarballs/b.tgz --access public --ignore-scripts",
    "publish /tarballs/a.tgz --access public --ignore-scripts",
  ]);
});

test("packages that depend on each other are refused", () => {
  const packages = [onePackage("a", { dependencies: ["b"] }), onePackage("b", { dependencies: ["a"] })];
  expect(() => inDependencyOrder(packages)).toThrow("a → b → a");
});

test("a version that is published with the same content is left alone", async () => {
  const npm = recordedNpm({ "view a@1.0.0": { stdout: '{ "integrity": "sha512-a" }' } });
  await publishTarballs([onePackage("a")], npm, print);
  expect(npm.calls).toEqual(["view a@1.0.0 dist --json --prefer-online"]);
  expect(lines).toContain("a@1.0.0 is published already");
});

test("a version that is published with other content ends the release", async () => {
  const npm = recordedNpm({ view: { stdout: '{ "integrity": "sha512-other" }' } });
  await expect(publishTarballs([onePackage("a")], npm, print)).rejects.toThrow("a@1.0.0 is published with other content");
});

test("the first package that cannot be published ends the release", async () => {
  const npm = recordedNpm({ view: notThere, publish: { ok: false, stderr: "npm error 403" } });
  await expect(publishTarballs([onePackage("a"), onePackage("b")], npm, print)).rejects.toThrow(
    "npm publish of a@1.0.0 failed:\nnpm error 403",
  );
  expect(npm.calls).toHaveLength(2);
});

test("a registry that gives no clear answer is not read as a version that is missing", async () => {
  const npm = recordedNpm({ view: { ok: false, stderr: "npm error code E500" } });
  await expect(publishTarballs([onePackage("a")], npm, print)).rejects.toThrow("E500");
});
