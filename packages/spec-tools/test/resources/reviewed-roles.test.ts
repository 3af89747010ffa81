import { expect, test } from "vitest";
import type { ResourceRole } from "../../src/resources/resource-role.ts";
import { readReview, reviewedRoles, type Review } from "../../src/resources/reviewed-roles.ts";

const create: ResourceRole = { role: "create", resource: "/things" };
const derived = new Map([["a.create", create]]);
const confirmed: Review = { verdict: "confirmed", role: create };

test("confirmed and declared roles count, handlers and samples have none", () => {
  const stated: ResourceRole = { role: "list", resource: "/things" };
  const review = new Map<string, Review>([
    ["a.create", confirmed],
    ["a.list", { verdict: "declared", role: stated }],
    ["a.own", { verdict: "declared", role: "handler" }],
    ["a.sample", { verdict: "none", reason: "nothing is known" }],
  ]);
  expect([...reviewedRoles(review.keys(), derived, review)]).toEqual([
    ["a.create", create],
    ["a.list", stated],
  ]);
});

test("an operation without a verdict is refused with the line to write", () => {
  expect(() => reviewedRoles(["a.create"], derived, new Map())).toThrow(
    "a.create has no verdict: the rules derive create /things; write it into packages/spec-tools/facts/emulator-roles.tsv as confirmed, declared or none",
  );
});

test("a confirmed role that is derived in another way, and a verdict without an operation, are refused", () => {
  const other = new Map<string, ResourceRole>([["a.create", { role: "save", resource: "/things" }]]);
  expect(() => reviewedRoles(["a.create"], other, new Map([["a.create", confirmed]]))).toThrow("is derived as save /things now");
  expect(() => reviewedRoles([], derived, new Map([["a.create", confirmed]]))).toThrow("a.create is no operation any more");
});

test("every line of the review reads", async () => {
  const review = await readReview();
  expect(review.size).toBeGreaterThan(600);
});
