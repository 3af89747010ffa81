import { HighLevel } from "@gohighlevel/api-client";
import { appId, publicPem, type SignedBody } from "./signed-body.ts";

/**
 * The official client's middleware as its README mounts it: the body is parsed by `express.json`, which keeps the bytes beside.
 * Rejects where it did not find the signature genuine, so that a check it leaves out does not count as a fast one.
 */
export function createOfficialCheck({ body, signature }: SignedBody): () => Promise<void> {
  const clientId = `${appId}-bench`;
  const { webhooks } = new HighLevel({ clientId, clientSecret: "unused", webhookPublicKey: publicPem, logLevel: "none" });
  const middleware = webhooks.subscribe();
  const rawBody = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const headers = { "x-ghl-signature": signature, "content-type": "application/json" };
  return async () => {
    const parsed: unknown = JSON.parse(rawBody.toString("utf8"));
    const request = { method: "POST", url: "/", headers, rawBody, body: parsed, isSignatureValid: false };
    await middleware(request, undefined, () => {});
    if (!request.isSignatureValid) throw new Error("the official client refused a genuine delivery");
  };
}
