import { createManualClock, runOnClock } from "@ghlkit/core/testing";
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

it("notes a form in place of a process that died over it", async () => {
  const clock = createManualClock();
  const { journal } = createMemoryStorage({ clock });
  await journal.start("form:a:1:body", { leaseMs: 1000 });

  expect(await runOnClock(clock, () => isSameForm(journal, "form:a:1", { price: "750.00" }, clock))).toBe(true);
  expect(await isSameForm(journal, "form:a:1", { price: "75.00" }, clock)).toBe(false);
  expect(await journal.unfinished()).toEqual([]);
});

it("refuses a form while another process is noting it", async () => {
  const clock = createManualClock();
  const { journal } = createMemoryStorage({ clock });
  await journal.start("form:a:1:body", { leaseMs: 60_000 });

  const asked = runOnClock(clock, () => isSameForm(journal, "form:a:1", { price: "750.00" }, clock));
  await expect(asked).rejects.toMatchObject({ code: "in_progress" });
});

it("takes one of two bodies that come with the same key at the same moment", async () => {
  const { journal } = createMemoryStorage();
  const answers = await Promise.all(["1.00", "2.00", "3.00"].map((price) => isSameForm(journal, "form:a:1", { price })));

  expect(answers.filter(Boolean)).toHaveLength(1);
});
