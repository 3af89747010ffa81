import { expect, test } from "vitest";
import { newestPage } from "../../../src/services/contacts/search/newest-page.ts";
import type { Contact } from "../../../src/state/contact.ts";

/** Seven contacts of three moments; ids in no order. */
const contacts = ["1c", "1a", "2f", "2b", "2d", "3e", "3g"].map((text) => ({ id: text.charAt(1), dateAdded: text.charAt(0) }) as Contact);

const ids = (page: readonly Contact[] | undefined): string | undefined => page?.map(({ id }) => id).join("");
const sorted = (direction: "asc" | "desc"): string =>
  contacts
    .toSorted((a, b) =>
      a.dateAdded === b.dateAdded ? (a.id < b.id ? -1 : 1) : a.dateAdded < b.dateAdded === (direction === "asc") ? -1 : 1,
    )
    .map(({ id }) => id)
    .join("");

test.each(["asc", "desc"] as const)("pages are those of the whole sorted list, %s", (direction) => {
  for (let limit = 1; limit <= 8; limit += 1) {
    for (let start = 0; start <= 8; start += 1) {
      expect(ids(newestPage(contacts, [{ field: "dateAdded", direction }], start, limit))).toBe(
        sorted(direction).slice(start, start + limit),
      );
    }
  }
});

test("another sort, or times in another order, are not its business", () => {
  expect(newestPage(contacts, [{ field: "dateUpdated", direction: "desc" }], 0, 5)).toBeUndefined();
  expect(newestPage(contacts.toReversed(), [{ field: "dateAdded", direction: "desc" }], 0, 5)).toBeUndefined();
});
