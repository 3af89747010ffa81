import { createMemoryStorage } from "@ghlkit/storage";
import { expect, it } from "vitest";
import { isSameForm } from "../../src/server/same-form.ts";

it("knows a form that is sent again from one that was changed", async () => {
  const { journal } = createMemoryStorage();

  expect(await isSameForm(journal, "form:a:1", { price: "750.00" })).toBe(true);
  expect(await isSameForm(journal, "form:a:1", { price: "750.00" })).toBe(true);
  expect(await isSameForm(journal, "form:a:1", { price: "75.00" })).toBe(false);
  expect(await isSameForm(journal, "form:a:2", { price: "75.00" })).toBe(true);
});
