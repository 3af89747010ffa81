import { ghlError } from "@ghlkit/core";
import { reject } from "../verify/rejection.ts";
import type { WebhookSource } from "./webhook-source.ts";

/**
 * Lets only senders of these networks through to a source: an extra fence, never instead of a signature. The platform publishes
 * no addresses; a proxy or a tunnel of your own has some. A `Request` does not say who sent it: where only that is there, give
 * `receiver.receive` the address that your platform knows; without one everything is refused.
 *
 * @param cidrs IPv4 and IPv6 networks, e.g. `10.0.0.0/8`, `2001:db8::/32`, or single addresses.
 * @throws GhlError `invalid_request` for what is no network.
 */
export function allowAddresses(cidrs: readonly string[], source: WebhookSource): WebhookSource {
  const networks = cidrs.map(parseNetwork);
  return {
    name: source.name,
    verify: async (delivery) => {
      const address = delivery.address === undefined ? undefined : parseAddress(delivery.address);
      const isAllowed = address !== undefined && networks.some((network) => contains(network, address));
      return isAllowed ? source.verify(delivery) : reject("address_not_allowed");
    },
  };
}

interface Network {
  readonly bits: string;
  readonly length: number;
}

function parseNetwork(cidr: string): Network {
  const [text = "", prefix, ...more] = cidr.split("/");
  const bits = parseAddress(text);
  const offset = bits !== undefined && !text.includes(":") ? 96 : 0;
  const length = prefix === undefined ? 128 : offset + Number(prefix);
  if (bits === undefined || more.length > 0 || prefix === "" || !Number.isInteger(length) || length < offset || length > 128)
    throw ghlError("invalid_request", "A network must be an address with a prefix length, such as 10.0.0.0/8 or 2001:db8::/32.", {});
  return { bits, length };
}

function contains({ bits, length }: Network, address: string): boolean {
  return bits.slice(0, length) === address.slice(0, length);
}

/** 128 bits as text; IPv4 as its mapped IPv6 address (RFC 4291 2.5.5.2), which is how dual-stack servers see it. */
function parseAddress(text: string): string | undefined {
  const v4 = /^(?:::ffff:)?(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/i.exec(text);
  if (v4 !== null) {
    const bytes = v4.slice(1).map(Number);
    if (bytes.some((byte) => byte > 255)) return undefined;
    return `${"0".repeat(80)}${"1".repeat(16)}${bytes.map((byte) => byte.toString(2).padStart(8, "0")).join("")}`;
  }
  const groups = expandGroups(text.toLowerCase());
  return groups?.map((group) => Number.parseInt(group, 16).toString(2).padStart(16, "0")).join("");
}

function expandGroups(text: string): readonly string[] | undefined {
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const [head = [], tail = []] = halves.map((half) => (half === "" ? [] : half.split(":")));
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  const groups = [...head, ...Array<string>(halves.length === 1 ? 0 : missing).fill("0"), ...tail];
  return groups.every((group) => /^[0-9a-f]{1,4}$/.test(group)) ? groups : undefined;
}
