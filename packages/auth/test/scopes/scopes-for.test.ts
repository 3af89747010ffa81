import { operationTable, type OperationId } from "@ghlkit/contract";
import { expect, test } from "vitest";
import { consentUrl, scopesFor } from "../../src/index.ts";

test("scopes are those of the operations; one that states none is told apart", () => {
  const silent = operationTable.operations().find((operation) => operation.scopes === null)?.id as OperationId;
  expect(scopesFor("contacts.get", "contacts.create", silent)).toEqual({
    scopes: ["contacts.readonly", "contacts.write"],
    unknown: [silent],
  });
  // @ts-expect-error -- a misspelt id does not compile; from JavaScript it is refused
  expect(() => scopesFor("contacts.nothing")).toThrow(/no operation/);
});

test("the consent URL carries what the page needs, and no secret", () => {
  const options = { clientId: "abc-1", redirectUri: "https://app.example/callback", scopes: ["a", "b"], state: "s", versionId: "v" };
  const url = new URL(consentUrl(options));
  expect(url.origin + url.pathname).toBe("https://marketplace.gohighlevel.com/v2/oauth/chooselocation");
  expect(Object.fromEntries(url.searchParams)).toEqual({
    response_type: "code",
    client_id: "abc-1",
    redirect_uri: "https://app.example/callback",
    scope: "a b",
    loginWindowOpenMode: "self",
    state: "s",
    version_id: "v",
  });
  expect(consentUrl({ ...options, host: "white-label" })).toMatch(/^https:\/\/marketplace\.leadconnectorhq\.com\/v2\//);
});
