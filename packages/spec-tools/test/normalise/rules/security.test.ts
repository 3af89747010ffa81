import { expect, test } from "vitest";
import { scopesBackfilled, securityInferred, tokenKinds } from "../../../src/normalise/rules/security.ts";
import { applyRule, documentOf, noFacts, operationOf } from "../rule-fixture.ts";

test("schemes become token kinds, each once, and scopes move out", () => {
  const operation = operationOf({
    security: [{ bearer: ["pets.read"] }, { "Location-Access": ["pets.read"] }, { "Agency-Access-Only": [] }],
  });
  applyRule(tokenKinds, documentOf({ "/pets": { get: operation } }));
  expect(operation.security).toEqual([{ location: [] }, { agencyOAuth: [] }]);
  expect(operation["x-scopes"]).toEqual(["pets.read"]);
  expect(operation["x-scopes-source"]).toBe("document");
});

test("an unknown scheme stops the run", () => {
  const operation = operationOf({ security: [{ magic: [] }] });
  expect(() => applyRule(tokenKinds, documentOf({ "/pets": { get: operation } }))).toThrow(
    'pets.json#/paths/~1pets/get/security/0: unknown security scheme "magic"',
  );
});

test("a scope of the scopes page fills a gap and overrides nothing", () => {
  const facts = { ...noFacts, scopes: new Map([["GET /pets/{}", ["pets.read"]]]) };
  const bare = operationOf();
  const stated = operationOf({ "x-scopes": ["other"] });
  applyRule(scopesBackfilled, documentOf({ "/pets/{id}": { get: bare } }), facts);
  applyRule(scopesBackfilled, documentOf({ "/pets/{id}": { get: stated } }), facts);
  expect(bare).toMatchObject({ "x-scopes": ["pets.read"], "x-scopes-source": "scopes-page" });
  expect(stated["x-scopes"]).toEqual(["other"]);
});

test("token kinds of siblings fill a gap, and say so", () => {
  const operation = operationOf();
  applyRule(securityInferred, documentOf({ "/pets": { get: operation } }), { ...noFacts, tokens: new Map([["GET /pets", ["location"]]]) });
  expect(operation).toMatchObject({ security: [{ location: [] }], "x-security-source": "inferred" });
});
