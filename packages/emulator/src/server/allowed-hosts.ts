import { isIP } from "node:net";
import { networkInterfaces } from "node:os";

/** Which names the emulator answers to on its socket. */
export interface HostRules {
  /** Address that it listens on. */
  readonly host: string;
  /** Names beside it, without a port. */
  readonly allowedHosts: readonly string[];
}

/** Hosts of the platform: requests reach the emulator under them where a proxy or a hosts file leads them here. */
const platformHost = /(^|\.)(leadconnectorhq|gohighlevel|msgsndr)\.com$/;

/**
 * Whether the emulator answers to a `Host` header. Only the name counts by which a browser found it: a page of another host that
 * has its own name resolved to this machine (DNS rebinding) would otherwise read the emulator's tokens.
 *
 * @param isControl Whether the request is for the control plane, which does not answer to names of the platform.
 */
export function isAllowedHost(header: string | undefined, rules: HostRules, isControl: boolean): boolean {
  const name = nameOf(header);
  if (name === undefined) return false;
  if (isLoopback(name)) return true;
  if ([rules.host, ...rules.allowedHosts].some((allowed) => nameOf(allowed) === name) && !isWildcard(name)) return true;
  if (isWildcard(rules.host) && addresses().has(name)) return true;
  return !isControl && platformHost.test(name);
}

/** Small letters, without port, brackets and the dot of the root. */
function nameOf(host: string | undefined): string | undefined {
  const bare = host === undefined || isIP(host) === 6 ? host : /^(\[[^\]]*\]|[^:[\]/@\\?#]*)(:\d{1,5})?$/.exec(host)?.[1];
  const name = bare
    ?.replaceAll(/^\[|\]$/g, "")
    .replace(/\.$/, "")
    .toLowerCase();
  return name === "" ? undefined : name;
}

function isLoopback(name: string): boolean {
  return name === "localhost" || name.endsWith(".localhost") || name === "::1" || (isIP(name) === 4 && name.startsWith("127."));
}

function isWildcard(host: string): boolean {
  return host === "0.0.0.0" || host === "::" || host === "";
}

function addresses(): ReadonlySet<string> {
  return new Set(Object.values(networkInterfaces()).flatMap((ofOne = []) => ofOne.map(({ address }) => address.toLowerCase())));
}

/** What a refused host is answered with. */
export function hostRefusal(header: string | undefined): Response {
  const message = `The emulator does not answer to the host "${(header ?? "").slice(0, 200)}": use localhost, or name it with allowedHosts of listen() or --allowed-host.`;
  return Response.json({ statusCode: 403, message }, { status: 403 });
}
