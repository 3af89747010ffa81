import { expect, test } from "vitest";
import { retryClass } from "../../src/normalise/retry-class.ts";

test("the method decides, a judgement overrides it", () => {
  const judged = new Map([["POST /pets/search", "safe"]]);
  expect(retryClass("GET /pets", judged)).toBe("safe");
  expect(retryClass("DELETE /pets/{}", judged)).toBe("idempotent");
  expect(retryClass("POST /pets", judged)).toBe("unsafe-create");
  expect(retryClass("POST /pets/search", judged)).toBe("safe");
});
