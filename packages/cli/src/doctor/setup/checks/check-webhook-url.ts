import { parseHttpUrl, isLoopback, shownUrl } from "../../../options/url.ts";
import { postDelivery } from "../../../post-delivery.ts";
import type { SetupCheck } from "../setup-check.ts";

const name = "webhooks";

/** Posts a body without a signature: a receiver that is there refuses it, and nothing is handled. */
export async function checkWebhookUrl(text: string): Promise<SetupCheck> {
  const url = parseHttpUrl(text);
  const shown = shownUrl(url);
  try {
    const { status } = await postDelivery(url, { body: "{}", headers: { "content-type": "application/json" } });
    return judge(status, shown, url);
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return {
      name,
      verdict: "failed",
      detail,
      action: "Start the application, and lead its public address to it (tunnel, load balancer, DNS).",
    };
  }
}

function judge(status: number, shown: string, url: URL): SetupCheck {
  if (status === 401 || status === 403) return reached(status, shown, url);
  if (status >= 200 && status < 300)
    return {
      name,
      verdict: "failed",
      detail: `${shown} takes a delivery without a signature (${status}).`,
      action: "Verify signatures (createMarketplaceSource); ghlkit webhooks doctor shows what else it takes.",
    };
  if (status === 404 || status === 405)
    return {
      name,
      verdict: "failed",
      detail: `${shown} answers ${status}: nothing takes POST there.`,
      action: "Mount the receiver at this path, or correct the URL in the marketplace settings of the app.",
    };
  if (status >= 300 && status < 400)
    return {
      name,
      verdict: "failed",
      detail: `${shown} answers ${status}, a redirect.`,
      action: "Give the marketplace the URL that it leads to.",
    };
  if (status === 429 || status >= 500 || status === 0)
    return {
      name,
      verdict: "failed",
      detail: `${shown} answers ${status === 0 ? "nothing" : status}: it cannot take deliveries now.`,
      action: "Look at the application's log and its database; HighLevel sends again what got 429.",
    };
  return {
    name,
    verdict: "warning",
    detail: `${shown} answers ${status} to a delivery without a signature.`,
    action: "A receiver of ghlkit answers 401: look whether something before it answers.",
  };
}

function reached(status: number, shown: string, { protocol, hostname }: URL): SetupCheck {
  const detail = `${shown} is reached and refuses a delivery without a signature (${status}).`;
  if (isLoopback(hostname))
    return {
      name,
      verdict: "warning",
      detail,
      action: "This address is of this machine: HighLevel needs a public one, such as that of a tunnel.",
    };
  if (protocol === "http:") return { name, verdict: "warning", detail, action: "Serve it by https: bodies hold personal data." };
  return { name, verdict: "ok", detail };
}
