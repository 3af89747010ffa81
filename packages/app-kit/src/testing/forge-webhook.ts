/** A webhook that the platform has not signed, to an application. @returns its status: 401 */
export async function forgeWebhook(url: string, payload: object): Promise<number> {
  const headers = { "x-ghl-signature": "AAAA", "content-type": "application/json" };
  return (await fetch(`${url}/webhooks`, { method: "POST", body: JSON.stringify({ ...payload, webhookId: "forged" }), headers })).status;
}
