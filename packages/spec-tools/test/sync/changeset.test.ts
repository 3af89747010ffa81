import { expect, test } from "vitest";
import type { ContractDiff } from "../../src/diff/contract-change.ts";
import { changeset } from "../../src/sync/changeset.ts";

const lock = { repository: "https://x.test", commit: "0123456789", date: "2026-01-02", files: {} };
const diff = (breaking: boolean): ContractDiff => ({
  operations: [{ generation: "v3", id: "pets.get", key: "GET /pets/{id}", status: breaking ? "removed" : "added", changes: [], breaking }],
  breaking,
});

test.each([
  ["0.3.0", true, "minor"],
  ["0.3.0", false, "patch"],
  ["1.2.0", true, "major"],
  ["1.2.0", false, "minor"],
])("at %s, breaking %s: %s", (version, breaking, bump) => {
  expect(changeset({ diff: diff(breaking), lock, version, first: false, unreleased: [] })?.text).toContain(`"@ghlkit/contract": ${bump}`);
});

test("nothing changed, nothing written", () => {
  expect(changeset({ diff: { operations: [], breaking: false }, lock, version: "0.1.0", first: false, unreleased: [] })).toBeUndefined();
});
