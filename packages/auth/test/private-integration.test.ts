import { inspect } from "node:util";
import type { Operation, TokenKind } from "@ghlkit/contract";
import { createContext, isGhlError, type GhlError, type WireRequest } from "@ghlkit/core";
import { describe, expect, test } from "vitest";
import { privateIntegration, type PrivateIntegrationOptions } from "../src/index.ts";

const token = ["pit", crypto.randomUUID()].join("-");
const location = "loc1";
const request: WireRequest = Object.freeze({
  method: "GET",
  url: "https://services.leadconnectorhq.com/x",
  headers: { version: "v3" },
  body: undefined,
});

function operation(tokens: readonly TokenKind[]): Operation {
  return {
    id: "things.get",
    method: "GET",
    path: "/things",
    version: "v3",
    scopes: null,
    tokens,
    tenant: [],
    retry: "safe",
    pagination: null,
    body: null,
    comma: [],
    answer: "json",
    deprecated: false,
    successor: null,
  };
}

function errorOf(action: () => unknown): GhlError {
  try {
    action();
  } catch (error) {
    if (isGhlError(error)) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

describe("principal", () => {
  test("names the resource, never the token", () => {
    const principal = privateIntegration({ token, location }).principal(undefined, undefined);
    expect(principal).toMatchObject({ app: "private", kind: "location", resource: "loc1" });
    expect(JSON.stringify(principal)).not.toContain(token);
    expect(privateIntegration({ token, company: "com1" }).principal(undefined, undefined)).toMatchObject({
      app: "private",
      kind: "company",
      resource: "com1",
    });
  });

  test("tells two tokens of one location apart", () => {
    const [one, two, again] = [token, `${token}0`, token].map((text) =>
      privateIntegration({ token: text, location }).principal(undefined, undefined),
    );
    expect(one?.credential).not.toBe(two?.credential);
    expect(one?.credential).toBe(again?.credential);
    expect(JSON.stringify(one)).not.toContain(token.slice(4));
  });

  test.each<[TokenKind[], boolean, boolean]>([
    [[], true, true],
    [["location"], true, false],
    [["agency"], false, true],
    [["location", "agency"], true, true],
    [["locationOAuth"], false, false],
    [["agencyOAuth"], false, false],
    [["locationOAuth", "agency"], false, true],
    [["agencyOAuth", "location"], true, false],
  ])("an operation that accepts %j: location %s, company %s", (tokens, byLocation, byCompany) => {
    const accepts = (options: PrivateIntegrationOptions): boolean => {
      try {
        privateIntegration(options).principal(operation(tokens), undefined);
        return true;
      } catch (error) {
        expect(error).toMatchObject({ code: "token_kind", needs: tokens, operation: "things.get", attempts: 0 });
        return false;
      }
    };
    expect(accepts({ token, location })).toBe(byLocation);
    expect(accepts({ token, company: "com1" })).toBe(byCompany);
  });

  test("the message names what is needed", () => {
    const error = errorOf(() => privateIntegration({ token, location }).principal(operation(["agency", "agencyOAuth"]), undefined));
    expect(error.message).toBe(
      "things.get does not accept a private integration token of a location. It needs a token of the agency (private or OAuth) or an OAuth token of the agency.",
    );
  });

  test("a client bound elsewhere is refused", () => {
    const credentials = privateIntegration({ token, location });
    expect(credentials.principal(undefined, { kind: "location", resource: "loc1" }).resource).toBe("loc1");
    expect(errorOf(() => credentials.principal(undefined, { kind: "company", resource: "com1" }))).toMatchObject({
      code: "token_kind",
      needs: ["agency", "agencyOAuth"],
    });
    expect(errorOf(() => credentials.principal(undefined, { kind: "location", resource: "loc2" })).code).toBe("invalid_request");
  });
});

describe("stamp", () => {
  test("puts the token on a new record and leaves the rest", async () => {
    const seen: WireRequest[] = [];
    const send = privateIntegration({ token, location }).stamp(async (wire) => {
      seen.push(wire);
      return new Response(null);
    });
    await send(request, createContext());
    expect(seen[0]).toEqual({ ...request, headers: { version: "v3", authorization: `Bearer ${token}` } });
    expect(request.headers).toEqual({ version: "v3" });
  });
});

describe("construction", () => {
  test.each([
    ["an empty token", { token: "", location }, /empty/],
    ["an absent token", { token: undefined as unknown as string, location }, /empty/],
    ["a line end", { token: `${token}\n`, location }, /line end/],
    ["a space", { token: ` ${token}`, location }, /space/],
    ["Bearer in front", { token: `Bearer ${token}`, location }, /token alone/],
    ["a typographic dash", { token: token.replace("-", "–"), location }, /character/],
    ["no resource", { token } as unknown as PrivateIntegrationOptions, /id of the location/],
    ["an empty location", { token, location: "" }, /id of the location/],
    ["both resources", { token, location, company: "com1" } as unknown as PrivateIntegrationOptions, /not both/],
    ["a location that is no id", { token, location: "My Location" }, /not the id/],
  ])("%s is refused without showing the token", (_name, options, message) => {
    const error = errorOf(() => privateIntegration(options));
    expect(error.code).toBe("invalid_request");
    expect(error.message).toMatch(message);
    expect(inspect(error, { depth: 9, showHidden: true }) + JSON.stringify(error)).not.toContain(token.slice(4, 20));
  });
});

describe("secrecy", () => {
  test.each([{ location }, { company: "com1" }])("credentials of %j show no token however they are printed", (resource) => {
    const credentials = privateIntegration({ token, ...resource } as PrivateIntegrationOptions);
    const error = errorOf(() => credentials.principal(operation(["locationOAuth"]), undefined));
    const printed = [
      inspect(credentials, { depth: 9, showHidden: true }),
      inspect({ nested: [credentials, credentials.stamp] }, { depth: 9, showHidden: true, customInspect: false }),
      JSON.stringify({ nested: credentials }),
      String(credentials),
      inspect(error, { depth: 9, showHidden: true }),
      JSON.stringify(error),
      String(error.stack),
    ].join("\n");
    expect(printed).toContain("[redacted]");
    expect(printed).not.toContain(token.slice(4));
  });
});
