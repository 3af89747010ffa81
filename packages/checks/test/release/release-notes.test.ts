import { expect, test } from "vitest";
import { createReleases } from "../../src/release/create-releases.ts";
import { releaseNotes } from "../../src/release/release-notes.ts";
import { onePackage } from "./recorded-npm.ts";

const changelog = "# a\n\n## 1.1.0\n\n### Minor changes\n\n- New.\n\n## 1.0.0\n\n- First.\n\n## 0.9.0\n";

test("the notes of a version are its section of the changelog", () => {
  expect(releaseNotes(changelog, "1.1.0")).toBe("### Minor changes\n\n- New.");
  expect(releaseNotes(changelog, "1.0.0")).toBe("- First.");
  expect(releaseNotes(changelog, "0.9.0")).toBeUndefined();
  expect(releaseNotes(changelog, "2.0.0")).toBeUndefined();
});

test("each package gets a release at the published commit; those that are there are left alone", async () => {
  const calls: (readonly string[])[] = [];
  const created = await createReleases([onePackage("a", { changelog }), onePackage("b")], {
    commit: "abc",
    gh: (args) => Promise.resolve(void calls.push(args)),
    isThere: (tag) => Promise.resolve(tag === "b@1.0.0"),
  });
  expect(created).toEqual(["a@1.0.0"]);
  expect(calls).toEqual([
    ["release", "create", "a@1.0.0", "/tarballs/a.tgz", "--target", "abc", "--title", "a@1.0.0", "--notes", "- First."],
  ]);
});
