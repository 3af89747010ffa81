import { expect, test } from "vitest";
import { createSchedule } from "../../src/clock/schedule.ts";

test("runs what is due, earliest first, in the order it came within a moment", () => {
  const schedule = createSchedule();
  const ran: number[] = [];
  const dues = [50, 10, 40, 10, 30, 20, 10, 60];
  for (const [index, due] of dues.entries()) schedule.at(due, () => ran.push(index));
  expect(schedule.nextDueMs()).toBe(10);
  schedule.runDue(40);
  expect(ran).toEqual([1, 3, 6, 5, 4, 2]);
  expect(schedule.nextDueMs()).toBe(50);
});

test("what is taken back does not run, and what a task adds does", () => {
  const schedule = createSchedule();
  const ran: string[] = [];
  const cancel = schedule.at(1, () => ran.push("cancelled"));
  schedule.at(2, () => {
    ran.push("first");
    schedule.at(3, () => ran.push("second"));
  });
  cancel();
  expect(schedule.nextDueMs()).toBe(2);
  schedule.runDue(5);
  expect(ran).toEqual(["first", "second"]);
  schedule.at(9, () => ran.push("third"));
  schedule.clear();
  expect(schedule.nextDueMs()).toBeUndefined();
});
