import { expect, it } from "vitest";
import { entryOfNotice } from "../../src/listen/feed.ts";

const error = new Error("the disk is full");

it.each([
  [{ type: "source_failed", source: "marketplace", error }, "trouble"],
  [{ type: "filter_failed", id: "w-1", error }, "trouble"],
  [{ type: "inbox_failed", id: "w-1", error }, "trouble"],
  [{ type: "worker_failed", error }, "trouble"],
  [{ type: "heartbeat_failed", error }, "trouble"],
  [{ type: "prune_failed", error }, "trouble"],
] as const)("shows trouble and its reason: $type", (notice, kind) => {
  const entry = entryOfNotice(notice, false);
  expect(entry?.kind).toBe(kind);
  expect(entry?.detail).toContain("the disk is full");
});

it.each(["inbox_recovered", "worker_recovered", "heartbeat_recovered", "prune_recovered"] as const)("shows that it is over: %s", (type) => {
  expect(entryOfNotice({ type }, false)).toEqual({ kind: "recovered" });
});
