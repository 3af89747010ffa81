import { integration } from "../../shared-integration.ts";

export async function POST(request: Request): Promise<Response> {
  const { webhooks } = await integration();
  return webhooks === undefined ? new Response("GHL_APP_ID is not set.", { status: 404 }) : webhooks(request);
}
