import { isGhlError } from "@ghlkit/core";
import { describe, expect, it } from "vitest";
import { absentPackage } from "../../src/storage/absent-package.ts";

const failure = (message: string, code?: string): Error => Object.assign(new Error(message), code === undefined ? {} : { code });

describe("a package that could not be loaded", () => {
  it.each([
    ["Node.js", failure("Cannot find package '@ghlkit/storage-redis' imported from /app/main.js", "ERR_MODULE_NOT_FOUND")],
    ["CommonJS and webpack", failure("Cannot find module '@ghlkit/storage-redis'", "MODULE_NOT_FOUND")],
    ["its driver is missing", failure("Cannot find package 'ioredis' imported from /app/node_modules/…", "ERR_MODULE_NOT_FOUND")],
    ["another bundler", failure('Could not resolve "@ghlkit/storage-redis"')],
  ])("says what to install (%s)", (_, cause) => {
    const error = absentPackage("Redis", "@ghlkit/storage-redis ioredis", cause);
    expect(isGhlError(error, "invalid_request") && error.message).toContain("npm install @ghlkit/storage-redis ioredis");
  });

  it("goes up as it came when it is there and fails", () => {
    const cause = failure("Unexpected token", "ERR_INVALID");
    expect(absentPackage("Redis", "@ghlkit/storage-redis ioredis", cause)).toBe(cause);
    expect(absentPackage("Redis", "x", undefined)).toBeUndefined();
  });
});
