import { createCipheriv, createHash, randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { decryptUserContext } from "../../src/index.ts";
import { md5 } from "../../src/user-context/md5.ts";

const context = {
  userId: "u1",
  companyId: "c1",
  role: "admin",
  type: "location",
  activeLocation: "l1",
  userName: "Ada É 🙂",
  email: "a@b.example",
};

/** As OpenSSL and CryptoJS encrypt with a passphrase. */
function encrypt(value: unknown, secret: string): string {
  const salt = randomBytes(8);
  let derived = Buffer.alloc(0);
  let last = Buffer.alloc(0);
  while (derived.length < 48) {
    last = createHash("md5").update(last).update(secret).update(salt).digest();
    derived = Buffer.concat([derived, last]);
  }
  const cipher = createCipheriv("aes-256-cbc", derived.subarray(0, 32), derived.subarray(32));
  return Buffer.concat([Buffer.from("Salted__"), salt, cipher.update(JSON.stringify(value)), cipher.final()]).toString("base64");
}

test("md5 is MD5 at every length around a block", () => {
  for (let length = 0; length < 200; length += 1) {
    const bytes = randomBytes(length);
    expect(Buffer.from(md5(bytes)).toString("hex")).toBe(createHash("md5").update(bytes).digest("hex"));
  }
});

test("opens with the right one of several secrets", async () => {
  expect(await decryptUserContext(encrypt(context, "old"), ["new", "old"])).toEqual({ valid: true, context });
});

test("another secret, a changed byte, an object that is no context", async () => {
  const payload = encrypt(context, "secret");
  const bytes = Buffer.from(payload, "base64");
  bytes.writeUInt8(bytes.readUInt8(17) ^ 1, 17);
  const refused = { valid: false, reason: "undecryptable" };
  expect(await decryptUserContext(payload, "wrong")).toEqual(refused);
  expect(await decryptUserContext(payload, [])).toEqual(refused);
  expect(await decryptUserContext(bytes.toString("base64"), "secret")).toEqual(refused);
  expect(await decryptUserContext(encrypt({ hello: 1 }, "secret"), "secret")).toEqual(refused);
});

test.each(["", "no base64!", "aGVsbG8=", Buffer.from("Salted__12345678").toString("base64")])("%j is malformed", async (payload) => {
  expect(await decryptUserContext(payload, "secret")).toEqual({ valid: false, reason: "malformed" });
});
