import { createDecipheriv, createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { encryptUserContext } from "../../src/custom-page/encrypt-user-context.ts";
import { createTestClient } from "../test-client.ts";

const { emulator } = createTestClient();
const { seed } = emulator;

function decrypt(payload: string, secret = seed.app.sharedSecret): Record<string, unknown> {
  const bytes = Buffer.from(payload, "base64");
  const [salt, text] = [bytes.subarray(8, 16), bytes.subarray(16)];
  const md5 = (...parts: Buffer[]) => createHash("md5").update(Buffer.concat(parts)).digest();
  const first = md5(Buffer.from(secret), salt);
  const second = md5(first, Buffer.from(secret), salt);
  const decipher = createDecipheriv("aes-256-cbc", Buffer.concat([first, second]), md5(second, Buffer.from(secret), salt));
  return JSON.parse(Buffer.concat([decipher.update(text), decipher.final()]).toString()) as Record<string, unknown>;
}

describe("the user context", () => {
  test("is what openssl enc -aes-256-cbc -md md5 makes of it", () => {
    const payload = encryptUserContext({ userId: "u1", role: "admin" }, "s3cret", Buffer.from("0102030405060708", "hex"));
    expect(payload).toBe("U2FsdGVkX18BAgMEBQYHCFXoPRlS3mBUeFfXUGqtH+YhrbD/6Ja0RHA97xNQ6Y55");
  });

  test("says who is looking, and where", () => {
    const payload = emulator.userContext();
    expect(Buffer.from(payload, "base64").subarray(0, 8).toString()).toBe("Salted__");
    expect(decrypt(payload)).toEqual({
      userId: seed.users.admin,
      companyId: seed.companyId,
      role: "admin",
      type: "location",
      activeLocation: seed.locationId,
      userName: "Ada Admin",
      email: "ada@agency.example",
      isAgencyOwner: false,
      versionId: seed.app.versionId,
      appStatus: "live",
    });
  });

  test("at the agency's level, under another secret, with other fields", () => {
    const payload = emulator.userContext({
      userId: seed.users.agencyOwner,
      locationId: null,
      sharedSecret: "other",
      fields: { appStatus: "draft" },
    });
    const context = decrypt(payload, "other");
    expect(context).toMatchObject({ type: "agency", isAgencyOwner: true, appStatus: "draft" });
    expect(context).not.toHaveProperty("activeLocation");
    expect(() => emulator.userContext({ userId: "nobody" })).toThrow("There is no user nobody.");
  });
});

describe("the parent of custom pages", () => {
  const show = async (query: Record<string, string>) => {
    const response = await emulator.fetch(`http://emulator.test/_emulator/custom-page?${new URLSearchParams(query)}`);
    return { status: response.status, text: await response.text(), policy: response.headers.get("content-security-policy") };
  };

  test("frames the page and answers with a payload that decrypts", async () => {
    const { text, policy } = await show({
      url: "http://127.0.0.1:3000/page?a=1&b=2",
      user: seed.users.member,
      location: seed.secondLocationId,
    });
    expect(text).toContain(`src="http://127.0.0.1:3000/page?a=1&amp;b=2"`);
    expect(text).toContain('title="Custom page"');
    expect(text).toContain("REQUEST_USER_DATA_RESPONSE");
    const nonce = /<script nonce="([0-9a-f]+)">/.exec(text)?.[1] ?? "";
    expect(policy).toContain(`script-src 'nonce-${nonce}'`);
    const payload = /payload: "([^"]+)"/.exec(text)?.[1] ?? "";
    expect(decrypt(payload)).toMatchObject({ userId: seed.users.member, activeLocation: seed.secondLocationId });
  });

  test("asks for an address when it has none", async () => {
    const { text } = await show({});
    expect(text).toContain("Address of the page");
    expect(text).not.toContain("<iframe");
  });

  test("refuses other schemes, and hostile values stay text", async () => {
    expect((await show({ url: "javascript:alert(1)" })).status).toBe(400);
    expect((await show({ url: `http://x.example/"><script>alert(1)</script>` })).text).not.toContain("<script>alert");
    expect((await show({ user: "<script>" })).text).toContain("&lt;script&gt;");
  });
});
