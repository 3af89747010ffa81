import { nodeCrypto } from "../verify/node-crypto.ts";

/** SHA-256 in hex: on Node by its own crypto, elsewhere by WebCrypto. */
export async function sha256Hex(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const node = nodeCrypto();
  if (node !== undefined) return node.createHash("sha256").update(bytes).digest("hex");
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
