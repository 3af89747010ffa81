import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { packagedContract } from "../../src/contract/contract-source.ts";
import { answering, handlers } from "../../src/services/services.ts";

test("every handler belongs to an operation of the contract", () => {
  const ids = new Set([...packagedContract.operations("v3"), ...packagedContract.operations("v2")].map((operation) => operation.id));
  expect(Object.keys(handlers).filter((id) => !ids.has(id))).toEqual([]);
});

/** operation → verdict and what it states */
const review = new Map(
  readFileSync(new URL("../../../spec-tools/facts/emulator-roles.tsv", import.meta.url), "utf8")
    .split("\n")
    .slice(1)
    .filter((line) => line !== "")
    .map((line) => {
      const [id = "", verdict = "", role = ""] = line.split("\t");
      return [id, `${verdict} ${role}`.trim()] as const;
    }),
);

test("the handlers are those that the review of roles declares", () => {
  const declared = [...review].filter(([, verdict]) => verdict === "declared handler").map(([id]) => id);
  expect(Object.keys(handlers).toSorted()).toEqual(declared.toSorted());
});

test("what the review leaves to samples has no state", () => {
  expect([...review].filter(([id, verdict]) => verdict === "none" && id in answering)).toEqual([]);
});
