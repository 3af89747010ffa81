import { expect, it } from "vitest";
import { inheritedEnvironment } from "../../src/testing/inherited-environment.ts";

it("keeps what configures applications away from one under test", () => {
  const shell = {
    PATH: "/bin",
    HOME: "/home/dev",
    GHL_TOKEN: "pit-real",
    GHL_BASE_URL: "https://real",
    APP_SECRET: "s",
    PUBLIC_URL: "https://p",
    PORT: "1",
  };
  expect(inheritedEnvironment(shell)).toEqual({ PATH: "/bin", HOME: "/home/dev" });
});
