import { expectTypeOf, test } from "vitest";
import { createContacts, type Contacts, type ContactsClient, type EnsureResult } from "../../src/contacts/index.ts";
import type { FieldsClient } from "../../src/fields/index.ts";
import { createClient } from "@ghlkit/client";
import type { Ghl } from "ghlkit";

declare const contacts: Contacts;
declare const result: EnsureResult;

test("the one call takes no tags", () => {
  void contacts.ensure({ email: "ada@example.com" }, { strategy: "oneCall" });
  // @ts-expect-error It would replace all tags that are there.
  void contacts.ensure({ email: "ada@example.com", addTags: ["web"] }, { strategy: "oneCall" });
  // @ts-expect-error No policy of a careful one either.
  void contacts.ensure({ email: "ada@example.com" }, { strategy: "oneCall", onConflict: "fail" });
  void contacts.ensure({ email: "ada@example.com", addTags: ["web"] }, { strategy: "careful", match: ["email"] });
});

test("a switch over the outcome is exhaustive, and narrows", () => {
  const read = (): string => {
    switch (result.outcome) {
      case "created":
      case "updated":
      case "unchanged":
        return result.contact.id;
      case "conflict":
        return result.byEmail ?? result.byPhone ?? "";
      case "rejected":
        return result.fields.map(({ why }) => why).join();
    }
  };
  expectTypeOf(read).returns.toBeString();
  // @ts-expect-error A conflict has no contact.
  void result.contact;
  if (result.outcome === "rejected") {
    type Why = "unknown_field" | "invalid_option" | "invalid_date" | "invalid_number" | "invalid_file" | "invalid_value";
    type Own = "invalid_phone" | "invalid_email" | "missing_identity" | "refused";
    expectTypeOf(result.fields[0]!.why).toEqualTypeOf<Why | Own>();
  }
});

test("fields are typed by the map of a location", () => {
  interface Fields {
    readonly plan: "free" | "pro";
    readonly budget: number;
  }
  const typed = createContacts<Fields>({} as ContactsClient & FieldsClient);
  void typed.ensure({ email: "ada@example.com", fields: { plan: "pro", budget: null } });
  // @ts-expect-error No option of the field.
  void typed.ensure({ email: "ada@example.com", fields: { plan: "gold" } });
  // @ts-expect-error No field of the location.
  void typed.ensure({ email: "ada@example.com", fields: { plna: "pro" } });
});

test("clients of both kinds fit", () => {
  void createContacts(createClient().location("location"));
  void createContacts(({} as Ghl).location("location"));
});
