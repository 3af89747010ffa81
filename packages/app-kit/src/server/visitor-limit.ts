import type { Clock } from "@ghlkit/core";

const mostAddresses = 10_000;

/** Whether a visitor may send a public form now: so many a minute from an address. Behind a proxy the proxy limits, or passes one address for all. */
export function createVisitorLimit({ now }: Pick<Clock, "now">): (address: string, perMinute: number) => boolean {
  const windows = new Map<string, { readonly endsAt: number; count: number }>();
  return (address, perMinute) => {
    const known = windows.get(address);
    if (known !== undefined && known.endsAt > now()) return (known.count += 1) <= perMinute;
    windows.delete(address);
    if (windows.size >= mostAddresses) windows.delete(windows.keys().next().value ?? "");
    windows.set(address, { endsAt: now() + 60_000, count: 1 });
    return true;
  };
}
