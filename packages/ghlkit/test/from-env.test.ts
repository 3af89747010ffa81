import { describe, expect, it } from "vitest";
import { fromEnv } from "../src/index.ts";

describe("fromEnv", () => {
  it("reads a location or a company, and another host", () => {
    expect(fromEnv({ GHL_TOKEN: " t ", GHL_LOCATION_ID: "l" })).toEqual({ token: "t", location: "l" });
    expect(fromEnv({ GHL_TOKEN: "t", GHL_COMPANY_ID: "c", GHL_BASE_URL: "http://127.0.0.1:4010", GHL_LOCATION_ID: "" })).toEqual({
      token: "t",
      company: "c",
      baseUrl: "http://127.0.0.1:4010",
    });
  });

  it.each([
    [{}, "GHL_TOKEN is not set"],
    [{ GHL_TOKEN: "t" }, "a token cannot tell what it belongs to"],
    [{ GHL_TOKEN: "t", GHL_LOCATION_ID: "l", GHL_COMPANY_ID: "c" }, "both set"],
  ])("refuses %j in one sentence", (env, message) => {
    expect(() => fromEnv(env)).toThrow(message);
  });
});
