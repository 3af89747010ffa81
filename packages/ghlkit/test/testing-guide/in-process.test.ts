import { createEmulator } from "@ghlkit/emulator";
import { createGhl, isGhlError } from "../../src/index.ts";
import { beforeEach, expect, test } from "vitest";

const emulator = createEmulator();
const { locationId, tokens } = emulator.seed;
const ghl = createGhl({
  token: tokens.location,
  location: locationId,
  fetch: (url, init) => emulator.fetch(new Request(url, init)),
});

beforeEach(() => emulator.reset());

test("a second contact with the same e-mail address is a duplicate", async () => {
  const { contacts } = ghl.location(locationId);
  const first = await contacts.create({ body: { email: "ada@example.com" } });
  const second = await contacts.create({ body: { email: "ada@example.com" } }).catch((error: unknown) => error);
  expect(isGhlError(second, "duplicate") && second.existingId).toBe(first.contact.id);
});
