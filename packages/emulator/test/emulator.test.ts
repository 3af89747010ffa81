import { describe, expect, test } from "vitest";
import { createEmulator } from "../src/index.ts";

describe("emulator.fetch", () => {
  const emulator = createEmulator();
  const headers = { version: "v3", authorization: `Bearer ${emulator.seed.tokens.location}` };

  test("takes what fetch takes", async () => {
    const url = `https://services.leadconnectorhq.com/workflows/?locationId=${emulator.seed.locationId}`;
    expect((await emulator.fetch(url, { headers })).status).toBe(200);
    expect((await emulator.fetch(new URL(url), { headers })).status).toBe(200);
    expect((await emulator.fetch(new Request(url, { headers }))).status).toBe(200);
  });

  test("ends at once when it is aborted", async () => {
    const reason = new Error("enough");
    await expect(emulator.fetch("http://x/contacts/a", { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });

  test("emulators do not share anything", async () => {
    const other = createEmulator();
    const body = JSON.stringify({ locationId: emulator.seed.locationId, email: "a@example.com" });
    const init = { method: "POST", body, headers: { ...headers, "content-type": "application/json" } };
    expect((await emulator.fetch("http://x/contacts/", init)).status).toBe(201);
    expect((await other.fetch("http://x/contacts/", init)).status).toBe(201);
    expect((await other.fetch("http://x/contacts/", init)).status).toBe(400);
  });
});
