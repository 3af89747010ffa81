import { privateIntegration } from "@ghlkit/auth";
import { createClient } from "@ghlkit/client";
import { withRateLimit, withRetry } from "@ghlkit/resilience";
import { HighLevel } from "@gohighlevel/api-client";
import { Octokit } from "@octokit/core";
import { throttling } from "@octokit/plugin-throttling";
import Bottleneck from "bottleneck";

/** The platform's limit as a contender knows it. */
export interface KnownLimit {
  readonly limit: number;
  readonly windowMs: number;
}

/** Something that makes calls within a rate limit. */
export type Contender = (url: string, known: KnownLimit) => (id: number) => Promise<unknown>;

export const ghlkit: Contender = (url, { windowMs }) => {
  const client = createClient({
    baseUrl: url,
    credentials: privateIntegration({ token: "pit-of-the-benchmark", location: "loc" }),
    layers: [withRetry(), withRateLimit({ windowMs })],
  });
  return (id) => client.contacts.get({ contactId: String(id) });
};

const official: Contender = (url) => {
  const client = new HighLevel({ privateIntegrationToken: "x", rateLimitRetry: true, logLevel: "none" } as ConstructorParameters<
    typeof HighLevel
  >[0]);
  client.getHttpClient().defaults.baseURL = url;
  return (id) => client.contacts.getContact({ contactId: String(id) });
};

/** Octokit's throttling with the handlers of its page, trying again thrice. It knows GitHub's headers, of which one is missing here. */
const octokit: Contender = (url) => {
  const again = (_retryAfter: number, _options: object, _octokit: object, retryCount: number): boolean => retryCount < 3;
  const Throttled = Octokit.plugin(throttling);
  const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
  const client = new Throttled({ baseUrl: url, log, throttle: { id: url, onRateLimit: again, onSecondaryRateLimit: again } });
  return (id) => client.request(`GET /contacts/${id}`);
};

/** bottleneck as its page shows it for "so many per so long". */
const bottleneck: Contender = (url, { limit, windowMs }) => {
  const limiter = new Bottleneck({ reservoir: limit, reservoirRefreshAmount: limit, reservoirRefreshInterval: windowMs });
  return (id) => limiter.schedule(() => getOk(`${url}/${id}`));
};

/** What people write by hand: so many, then wait a window. */
const naive: Contender = (url, { limit, windowMs }) => {
  let granted = 0;
  let windowStart = Date.now();
  return async (id) => {
    for (;;) {
      if (Date.now() - windowStart >= windowMs) {
        windowStart = Date.now();
        granted = 0;
      }
      if (granted < limit) break;
      await new Promise((resolve) => setTimeout(resolve, windowStart + windowMs - Date.now()));
    }
    granted += 1;
    return getOk(`${url}/${id}`);
  };
};

export const others: Readonly<Record<string, Contender>> = {
  "@gohighlevel/api-client": official,
  "@octokit/plugin-throttling": octokit,
  bottleneck,
  naive,
};

async function getOk(url: string): Promise<unknown> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(String(response.status));
  return response.json();
}
