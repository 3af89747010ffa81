import { readFile } from "node:fs/promises";
import { ghlError, type ErrorDetails, type GhlErrorCode } from "@ghlkit/core";
import { expect, test } from "vitest";
import { errorGuide } from "../src/error-page/error-guide.ts";
import { renderErrorPage } from "../src/error-page/render-error-page.ts";

test("docs/errors.md is what the guide renders: pnpm docs:errors writes it", async () => {
  const page = await readFile(new URL("../../../docs/errors.md", import.meta.url), "utf8");
  expect(page).toBe(renderErrorPage());
});

test.each(Object.keys(errorGuide) as GhlErrorCode[])("an error of code %s points to its entry", (code) => {
  const { docs } = ghlError(code, "x", {} as ErrorDetails[GhlErrorCode]);
  const anchor = new URL(docs).hash.slice(1);
  expect(renderErrorPage().split("\n")).toContain(`## ${anchor}`);
});
