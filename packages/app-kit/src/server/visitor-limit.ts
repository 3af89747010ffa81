import type { Clock } from "@ghlkit/core";

const perMinute = 30;
const mostAddresses = 10_000;

/** Whether a visitor may send a public form now: 30 a minute and address. Behind a proxy the proxy limits, or passes one address for all. */
export function createVisitorLimit({ now }: Pick<Clock, "now">): (address: string) => boolean {
  const windows = new Map<string, { readonly endsAt: number; count: number }>();
  return (address) => {
    const known = windows.get(address);
    if (known !== undefined && known.endsAt > now()) return (known.count += 1) <= perMinute;
    windows.delete(address);
    if (windows.size >= mostAddresses) windows.delete(windows.keys().next().value ?? "");
    windows.set(address, { endsAt: now() + 60_000, count: 1 });
    return true;
  };
}
