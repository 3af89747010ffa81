import { createCipheriv, createHash } from "node:crypto";

/**
 * Encrypts as CryptoJS does with a passphrase: AES-256-CBC, key and vector from one round of EVP_BytesToKey with MD5,
 * `Salted__` and the salt in front, all in base64.
 */
export function encryptUserContext(context: object, secret: string, salt: Buffer): string {
  const material = bytesToKey(Buffer.from(secret), salt, 48);
  const cipher = createCipheriv("aes-256-cbc", material.subarray(0, 32), material.subarray(32));
  const text = Buffer.concat([cipher.update(JSON.stringify(context), "utf8"), cipher.final()]);
  return Buffer.concat([Buffer.from("Salted__"), salt, text]).toString("base64");
}

function bytesToKey(secret: Buffer, salt: Buffer, length: number): Buffer {
  let block = Buffer.alloc(0);
  let material = Buffer.alloc(0);
  while (material.length < length) {
    block = createHash("md5")
      .update(Buffer.concat([block, secret, salt]))
      .digest();
    material = Buffer.concat([material, block]);
  }
  return material.subarray(0, length);
}
