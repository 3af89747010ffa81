import { expect, test } from "vitest";
import { authorizationHeader } from "../../../src/normalise/rules/authorization-header.ts";
import { versionHeader } from "../../../src/normalise/rules/version-header.ts";
import { applyRule, documentOf, operationOf } from "../rule-fixture.ts";

const version = (values: string[]) => ({ name: "version", in: "header", schema: { type: "string", enum: values } });

test("the Version header becomes x-version, however it is spelt", () => {
  const operation = operationOf({ parameters: [version(["v3"]), { name: "id", in: "query", schema: { type: "string" } }] });
  expect(applyRule(versionHeader, documentOf({ "/pets": { get: operation } }))).toBe(1);
  expect(operation["x-version"]).toBe("v3");
  expect(operation.parameters?.map((one) => one.name)).toEqual(["id"]);
});

test("a Version header of two values stops the run", () => {
  const operation = operationOf({ parameters: [version(["v3", "v4"])] });
  expect(() => applyRule(versionHeader, documentOf({ "/pets": { get: operation } }))).toThrow("does not name one value");
});

test("Authorization is no parameter", () => {
  const operation = operationOf({ parameters: [{ name: "Authorization", in: "header", schema: { type: "string" } }] });
  expect(applyRule(authorizationHeader, documentOf({ "/pets": { get: operation } }))).toBe(1);
  expect(operation.parameters).toEqual([]);
});
