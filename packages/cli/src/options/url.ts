import { UsageError } from "../usage-error.ts";

/** An http or https URL. @throws UsageError */
export function parseHttpUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === "http:" || url?.protocol === "https:") return url;
  throw new UsageError(`"${text}" is not a URL: write it out, such as http://127.0.0.1:3000/webhooks.`);
}

/** As `parseHttpUrl`, of this machine unless another is allowed. @throws UsageError */
export function parseLocalUrl(text: string, allowRemote: boolean): URL {
  const url = parseHttpUrl(text);
  if (allowRemote || isLoopback(url.hostname)) return url;
  throw new UsageError(
    `${url.hostname} is not this machine: --allow-remote sends to it all the same. Do that to endpoints of your own only.`,
  );
}

/** Without what may be secret: credentials and query. */
export function shownUrl(url: URL): string {
  return `${url.origin}${url.pathname}`;
}

/** A host of this machine. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || host.endsWith(".localhost") || host === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(host);
}
