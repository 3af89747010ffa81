import { describe, expect, it } from "vitest";
import { parseBaseUrl } from "../src/index.ts";

describe("parseBaseUrl", () => {
  it.each([
    "http://services.leadconnectorhq.com",
    "http://127.0.0.1.evil.com",
    "ftp://x",
    "nonsense",
    "https://user:hidden@host",
    "https://:hidden@host",
    "https//user:hidden@host",
    "http://user:hidden@emulator:4010",
    "https://host/?token=hidden",
    "https://host/#hidden",
    "",
  ])("refuses %s, without repeating what it may hold", (text) => {
    const result = parseBaseUrl(text);
    expect(result).toMatchObject({ valid: false, reason: expect.stringMatching(/^baseUrl /) });
    expect(JSON.stringify(result)).not.toContain("hidden");
  });

  it.each(["http://emulator:4010", "http://10.0.0.5", "http://host.docker.internal:4010/"])(
    "takes %s only where a test allows it by name",
    (text) => {
      expect(parseBaseUrl(text)).toMatchObject({ valid: false, reason: expect.stringContaining("must be https") });
      expect(parseBaseUrl(text, { allowInsecureHttpForTests: false }).valid).toBe(false);
      expect(parseBaseUrl(text, { allowInsecureHttpForTests: true })).toEqual({ valid: true, url: text.replace(/\/$/, "") });
    },
  );

  it.each(["http://services.leadconnectorhq.com", "http://services.leadconnectorhq.com.", "http://u:p@emulator", "ftp://emulator"])(
    "refuses %s even then",
    (text) => expect(parseBaseUrl(text, { allowInsecureHttpForTests: true }).valid).toBe(false),
  );
});
