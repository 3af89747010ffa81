import { describe, expect, it } from "vitest";
import { readOptions } from "../src/options.ts";

const account = { GHL_TOKEN: "t", GHL_LOCATION_ID: "loc1" };

describe("readOptions", () => {
  it("runs on the emulator without an account", () => {
    expect(readOptions([], {}).live).toBeUndefined();
    expect(readOptions([], { GHL_TOKEN: "", GHL_LOCATION_ID: "", GHL_BASE_URL: "" }).live).toBeUndefined();
  });

  it("is a dry run with an account, unless everything says write", () => {
    expect(readOptions([], account).live).toMatchObject({ write: false, sendMessages: false });
    const env = { ...account, GHL_WRITE_LOCATIONS: "other, loc1" };
    expect(readOptions(["--live", "--yes"], env).live).toMatchObject({ write: true, sendMessages: false });
    expect(readOptions(["--live", "--yes", "--send-messages"], env).live).toMatchObject({ write: true, sendMessages: true });
  });

  it.each([
    [["--live"], account, /add --yes/],
    [["--live", "--yes"], account, /not in GHL_WRITE_LOCATIONS/],
    [["--live", "--yes"], { ...account, GHL_WRITE_LOCATIONS: "loc" }, /not in GHL_WRITE_LOCATIONS/],
    [["--send-messages"], account, /only together/],
    [["--live", "--yes"], {}, /needs GHL_TOKEN/],
    [[], { GHL_TOKEN: "t" }, /does not contain its location/],
    [[], { GHL_LOCATION_ID: "l" }, /GHL_TOKEN is not/],
    [["--oauth"], account, /is for the emulator/],
    [["--concurrency", "0"], {}, /1 to 1000/],
    [["--concurrency", "many"], {}, /1 to 1000/],
  ] as const)("refuses %j with %j", (argv, env, message) => {
    expect(() => readOptions(argv, env)).toThrow(message);
  });
});
