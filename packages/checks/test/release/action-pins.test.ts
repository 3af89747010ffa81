import { expect, test } from "vitest";
import { changedPins, pinProblems, usedActions } from "../../src/release/action-pins.ts";

const commit = "1".repeat(40);
const other = "2".repeat(40);
const text = `
      - uses: actions/checkout@${commit} # v7.0.1
      - id: select
        uses: changesets/action/select-mode@${commit} # v2.1.1
    uses: ./.github/workflows/check.yml
`;

test("actions are found with their pins, workflows of the repository left out", () => {
  expect(usedActions("release.yml", text)).toEqual([
    { where: "release.yml:2", repository: "actions/checkout", reference: commit, tag: "v7.0.1" },
    { where: "release.yml:4", repository: "changesets/action", reference: commit, tag: "v2.1.1" },
  ]);
});

test("a line that is not understood fails: nothing is skipped", () => {
  expect(() => usedActions("a.yml", "  - uses: docker://image")).toThrow("a.yml:1");
});

test("a tag, a short commit and a pin without its tag are problems", () => {
  const uses = (reference: string): string => `- uses: a/b@${reference}\n`;
  const actions = usedActions("a.yml", uses("v1") + uses("1".repeat(7)) + uses(commit));
  expect(pinProblems(actions)).toEqual([
    "a.yml:1: a/b@v1 is not pinned to a commit.",
    "a.yml:2: a/b@1111111 is not pinned to a commit.",
    "a.yml:3: a/b states no tag beside its commit.",
  ]);
});

test("a pin that is not the commit of its tag is refused; of an annotated tag the commit counts", async () => {
  const actions = usedActions("release.yml", text);
  const listRemote = (repository: string): Promise<string> =>
    Promise.resolve(
      repository === "actions/checkout" ? `${other}\trefs/tags/v7.0.1\n${commit}\trefs/tags/v7.0.1^{}\n` : `${other}\trefs/tags/v2.1.1\n`,
    );
  expect(await changedPins(actions, listRemote)).toEqual([`release.yml:4: changesets/action v2.1.1 is ${other}, not ${commit}.`]);
  expect(await changedPins(actions, () => Promise.resolve(""))).toHaveLength(2);
});
