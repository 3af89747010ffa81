import { expect, test } from "vitest";
import { findSecrets } from "../src/find-secrets.ts";

// Put together here, so that the scan of this repository does not find them.
const uuid = ["3f2b8c1d", "9a4e", "4c77", "b1d0", "5e6f7a8b9c0d"].join("-");
const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");

test.each([
  ["a private integration token", `const token = "pit-${uuid}";`],
  ["a client secret", `CLIENT_SECRET=${uuid}`],
  ["a client secret", `{ "clientSecret": "${uuid}" }`],
  ["a JSON web token", `Bearer ${part({ alg: "RS256" })}.${part({ authClass: "Company" })}.${"a1B2c3".repeat(4)}`],
  ["a private key", `-----BEGIN ${"PRIVATE"} KEY-----\n${"MIIEvQIBADAN".repeat(5)}`],
  ["an npm token", `//registry.npmjs.org/:_authToken=npm_${"aB3dE6".repeat(6)}`],
  ["a GitHub token", `ghp_${"aB3dE6".repeat(6)}`],
])("finds %s", (kind, text) => {
  const found = findSecrets(`first line\n${text}\n`);
  expect(found).toMatchObject([{ kind, line: 2 }]);
  expect(JSON.stringify(found)).not.toContain(uuid.slice(0, 8));
});

test.each([["pit-00000000-0000-4000-8000-000000000001"], ["pit-…"], [uuid], ["clientSecret: process.env.CLIENT_SECRET"], ["eyJhbGciOi"]])(
  "lets %s pass",
  (text) => {
    expect(findSecrets(text)).toEqual([]);
  },
);
