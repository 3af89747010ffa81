import { describe, expect, it } from "vitest";
import { checkBaseUrl } from "../../src/request/base-url.ts";

describe("checkBaseUrl", () => {
  it.each([
    ["https://services.leadconnectorhq.com", "https://services.leadconnectorhq.com"],
    ["https://proxy.example.com/ghl/", "https://proxy.example.com/ghl"],
    ["http://127.0.0.1:4010", "http://127.0.0.1:4010"],
    ["http://localhost:4010/", "http://localhost:4010"],
    ["http://[::1]:4010", "http://[::1]:4010"],
  ])("takes %s", (given, expected) => expect(checkBaseUrl(given)).toBe(expected));

  it.each([
    "http://services.leadconnectorhq.com",
    "http://127.0.0.1.evil.com",
    "ftp://x",
    "nonsense",
    "https://user:pw@host",
    "https://host/?a=1",
    "",
  ])("refuses %s", (given) => expect(() => checkBaseUrl(given)).toThrow(TypeError));
});
