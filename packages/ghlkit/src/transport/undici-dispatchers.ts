import { X509Certificate } from "node:crypto";
import tls from "node:tls";
import { ghlError, isLoopback } from "@ghlkit/core";
import type { Agent, Dispatcher, FormData } from "undici";
import type { ConnectionOptions } from "./connection-options.ts";

/** Connections to all hosts. */
export interface Dispatchers {
  readonly of: (url: URL) => Dispatcher;
  /** Class of the forms that undici sends. */
  readonly Form: typeof FormData;
  /** Resolves when the requests under way have ended and every connection is closed. */
  readonly close: () => Promise<void>;
}

/**
 * Loads undici and makes its agents.
 * @throws GhlError `invalid_request` for a proxy or certificate that cannot be used.
 */
export async function openDispatchers(options: ConnectionOptions): Promise<Dispatchers> {
  const { Agent, EnvHttpProxyAgent, FormData } = await loadUndici();
  const settings = agentSettings(options);
  const direct = new Agent(settings);
  const proxied = usesProxy(options)
    ? usable("proxy", () => new EnvHttpProxyAgent({ ...settings, ...proxySettings(options, settings) }))
    : direct;
  return {
    of: (url) => (isLoopback(url.hostname) ? direct : proxied),
    Form: FormData,
    close: async () => {
      await Promise.all([...new Set<Dispatcher>([direct, proxied])].map((agent) => agent.close()));
    },
  };
}

/** Where the undici within Node.js is not loaded yet, the package would put its own agent in the place of that of the global fetch. */
function loadUndici(): Promise<typeof import("undici")> {
  if (typeof globalThis.Headers !== "function") throw new TypeError("Node.js without fetch.");
  return import("undici");
}

function agentSettings({ connections, keepAliveMs, connectTimeoutMs, ca }: ConnectionOptions): Agent.Options {
  const secureContext = ca === undefined ? undefined : usable("ca", () => trusting([ca].flat()));
  return {
    ...(connections === undefined ? {} : { connections }),
    ...(keepAliveMs === undefined ? {} : { keepAliveTimeout: keepAliveMs }),
    connect: {
      ...(connectTimeoutMs === undefined ? {} : { timeout: connectTimeoutMs }),
      ...(secureContext === undefined ? {} : { secureContext }),
    },
  };
}

/** What connections trust; made once, for all of them. A text that is no certificate would be passed over without a word. */
function trusting(authorities: readonly string[]): tls.SecureContext {
  for (const pem of authorities) new X509Certificate(pem);
  return tls.createSecureContext({ ca: [...trusted(), ...authorities] });
}

/** A list of authorities takes the place of the default ones: they have to be in it. */
function trusted(): readonly string[] {
  // Since Node.js 22.15.
  const { getCACertificates } = tls as { readonly getCACertificates?: typeof tls.getCACertificates };
  return getCACertificates?.("default") ?? tls.rootCertificates;
}

const variables = ["http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY"] as const;

function usesProxy({ proxy }: ConnectionOptions): boolean {
  if (proxy === undefined) return variables.some((name) => (process.env[name] ?? "") !== "");
  return proxy !== false;
}

/** Through a tunnel the settings of a connection are those of the host behind it, and of the proxy. */
function proxySettings({ proxy }: ConnectionOptions, { connect }: Agent.Options): object {
  const urls = typeof proxy === "string" ? { httpProxy: proxy, httpsProxy: proxy } : {};
  return { requestTls: connect, proxyTls: connect, ...urls };
}

/** Without the cause: it quotes the URL, which may carry a password. */
function usable<Made>(name: "proxy" | "ca", make: () => Made): Made {
  try {
    return make();
  } catch {
    const what = name === "ca" ? "ca holds no certificate that can be read" : "proxy (or HTTP_PROXY, HTTPS_PROXY) is no URL of a proxy";
    throw ghlError("invalid_request", `undiciSend: ${what}.`, {});
  }
}
