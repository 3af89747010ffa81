import { parseBaseUrl, type BaseUrlOptions } from "@ghlkit/core";

/** Host of the platform, for every generation. */
export const platformUrl = "https://services.leadconnectorhq.com";

/**
 * Checks a base URL and takes its trailing slash off.
 * @throws TypeError for a URL that cannot be used: plain `http:` sends tokens in the clear, so only loopback may have it.
 */
export function checkBaseUrl(text: string, options: BaseUrlOptions = {}): string {
  const result = parseBaseUrl(text, options);
  if (!result.valid) throw new TypeError(result.reason);
  return result.url;
}
