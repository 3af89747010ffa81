import { createManualClock } from "@ghlkit/core/testing";
import { createMemoryJournal } from "@ghlkit/storage";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { journalExternalIds } from "../../src/contacts/index.ts";

describe("journalExternalIds", () => {
  it("gives the last link of either side, whatever was pruned between", async () => {
    const step = fc.oneof(
      fc.record({ link: fc.tuple(fc.constantFrom("a", "b"), fc.constantFrom("1", "2", "3")) }),
      fc.record({ pruneOlderThanMs: fc.integer({ min: 0, max: 30 }) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const clock = createManualClock();
        const journal = createMemoryJournal({ clock });
        const ids = journalExternalIds(journal, "location");
        for (const one of steps) {
          await clock.advance(10);
          if ("link" in one) {
            await ids.link(...one.link);
            expect(await ids.contactOf(one.link[0])).toBe(one.link[1]);
            expect(await ids.externalIdOf(one.link[1])).toBe(one.link[0]);
          } else await journal.prune({ olderThanMs: one.pruneOlderThanMs });
        }
      }),
    );
  });

  it("keeps locations apart, and survives a process that died between start and finish", async () => {
    const clock = createManualClock();
    const journal = createMemoryJournal({ clock });
    await journal.start("crm:contact-of:here:1:shop:42", { leaseMs: 1 });
    await clock.advance(2);
    const here = journalExternalIds(journal, "here");
    expect(await here.contactOf("shop:42")).toBeUndefined();
    await here.link("shop:42", "contact-1");
    expect(await here.contactOf("shop:42")).toBe("contact-1");
    expect(await journalExternalIds(journal, "there").contactOf("shop:42")).toBeUndefined();
  });
});
