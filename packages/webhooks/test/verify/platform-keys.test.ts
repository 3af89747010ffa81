import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { platformEd25519Key, platformRsaKey } from "../../src/verify/platform-keys.ts";

// SHA-256 of the SPKI, as it was read from the vendor's pages: a key that is altered here by mistake would refuse everybody.
it.each([
  ["Ed25519", platformEd25519Key, "5a2c1b2749d3efcc233fb27d4ab43d56b8d20818c42cd226f6c9a3ff20d3097c"],
  ["RSA", platformRsaKey, "2f62045d413b1b7747e26770ce7f57840cbf86288cd20ceb90d299a62501fd25"],
])("the platform's %s key is the published one", (_name, key, digest) => {
  expect(createHash("sha256").update(Buffer.from(key, "base64")).digest("hex")).toBe(digest);
});
