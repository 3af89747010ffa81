import { describe, expect, it } from "vitest";
import { createGhl, fromEnv } from "../src/index.ts";

describe("fromEnv", () => {
  it("reads a location or a company, and another host", () => {
    expect(fromEnv({ GHL_TOKEN: " t ", GHL_LOCATION_ID: "l" })).toEqual({ token: "t", location: "l" });
    expect(fromEnv({ GHL_TOKEN: "t", GHL_COMPANY_ID: "c", GHL_BASE_URL: "http://127.0.0.1:4010", GHL_LOCATION_ID: "" })).toEqual({
      token: "t",
      company: "c",
      baseUrl: "http://127.0.0.1:4010",
    });
  });

  it("reads a marketplace app", () => {
    const app = { clientId: "id", clientSecret: "secret", redirectUri: "https://app.example/callback" };
    const env = { GHL_CLIENT_ID: "id", GHL_CLIENT_SECRET: "secret", GHL_REDIRECT_URI: "https://app.example/callback" };
    expect(fromEnv(env)).toEqual({ oauth: app });
    expect(fromEnv({ ...env, GHL_REDIRECT_URI: "", GHL_BASE_URL: "http://127.0.0.1:1" })).toEqual({
      oauth: { clientId: "id", clientSecret: "secret" },
      baseUrl: "http://127.0.0.1:1",
    });
  });

  it.each([
    [{}, "GHL_TOKEN is not set"],
    [{ GHL_CLIENT_ID: "id" }, "GHL_CLIENT_ID is set and GHL_CLIENT_SECRET is not"],
    [{ GHL_CLIENT_SECRET: "s", GHL_TOKEN: "t", GHL_LOCATION_ID: "l" }, "GHL_CLIENT_SECRET is set and GHL_CLIENT_ID is not"],
    [{ GHL_CLIENT_ID: "id", GHL_CLIENT_SECRET: "s", GHL_TOKEN: "t" }, "GHL_TOKEN and GHL_CLIENT_ID are both set"],
    [{ GHL_CLIENT_ID: "id", GHL_CLIENT_SECRET: "s", GHL_TOKEN: "t", GHL_LOCATION_ID: "l" }, "GHL_TOKEN and GHL_CLIENT_ID are both set"],
    [{ GHL_CLIENT_ID: "id", GHL_CLIENT_SECRET: "s", GHL_LOCATION_ID: "l" }, "unset GHL_LOCATION_ID."],
    [{ GHL_CLIENT_ID: "id", GHL_CLIENT_SECRET: "s", GHL_COMPANY_ID: "c" }, "unset GHL_COMPANY_ID."],
    [
      { GHL_TOKEN: "t", GHL_LOCATION_ID: "l", GHL_REDIRECT_URI: "https://app.example/callback" },
      "GHL_REDIRECT_URI is set and GHL_CLIENT_ID is not",
    ],
    [{ GHL_TOKEN: "t" }, "a token does not contain the id of its location or company"],
    [{ GHL_TOKEN: "t", GHL_LOCATION_ID: "l", GHL_COMPANY_ID: "c" }, "both set"],
  ])("refuses %j in one sentence", (env, message) => {
    expect(() => fromEnv(env)).toThrow(message);
  });

  it.each([
    "nope",
    "services.leadconnectorhq.com",
    "http://example.com",
    "ftp://127.0.0.1",
    "https://u:p@example.com",
    "https://example.com?a=b",
  ])("refuses the base URL %s, and does not repeat it", (baseUrl) => {
    const env = { GHL_TOKEN: "t", GHL_LOCATION_ID: "l", GHL_BASE_URL: baseUrl };
    expect(() => fromEnv(env)).toThrow(expect.objectContaining({ code: "invalid_request" }));
    expect(() => fromEnv(env)).toThrow(
      /^GHL_BASE_URL must be an https URL without [a-z, ]+; plain http only on loopback, for the emulator\.$/,
    );
  });

  it("takes plain http of another host for tests, by a variable of its own", () => {
    const env = { GHL_TOKEN: "t", GHL_LOCATION_ID: "l", GHL_BASE_URL: "http://emulator:4010" };
    expect(() => fromEnv(env)).toThrow(/GHL_BASE_URL must be an https URL/);
    const options = fromEnv({ ...env, GHLKIT_ALLOW_INSECURE_HTTP_FOR_TESTS: "true" });
    expect(options).toMatchObject({ baseUrl: "http://emulator:4010", allowInsecureHttpForTests: true });
    expect(createGhl(options).pipeline.baseUrl).toBe("http://emulator:4010");
    expect(() => fromEnv({ ...env, GHLKIT_ALLOW_INSECURE_HTTP_FOR_TESTS: "1" })).toThrow(/can only be "true"/);
    expect(() => fromEnv({ ...env, GHL_BASE_URL: undefined, GHLKIT_ALLOW_INSECURE_HTTP_FOR_TESTS: "true" })).toThrow(/GHL_BASE_URL is not/);
    expect(() => createGhl({ token: "t", location: "l", baseUrl: "http://emulator:4010" })).toThrow(/must be https/);
  });

  it("hands the permission on to an app's token endpoint", () => {
    const app = { clientId: "c-1", clientSecret: "s" };
    const settings = { baseUrl: "http://emulator:4010" } as const;
    expect(createGhl({ oauth: app, ...settings, allowInsecureHttpForTests: true }).auth.app.baseUrl).toBe("http://emulator:4010");
    expect(() => createGhl({ oauth: app, ...settings })).toThrow(/must be https/);
  });
});
