/** Whose key a question came with. */
export interface ProviderKey {
  readonly locationId: string;
  readonly mode: "live" | "test";
}

/** Finds the owner of an `apiKey` that the app gave the platform; `undefined` for one that it did not. */
export type FindProviderKey = (apiKey: string) => ProviderKey | undefined | Promise<ProviderKey | undefined>;

/** The keys of one location, live and test. Compares in constant time. */
export function keysOfLocation(locationId: string, keys: { readonly live?: string; readonly test?: string }): FindProviderKey {
  return (apiKey) => {
    const isLive = isSame(keys.live, apiKey);
    const isTest = isSame(keys.test, apiKey);
    return isLive ? { locationId, mode: "live" } : isTest ? { locationId, mode: "test" } : undefined;
  };
}

/** Takes as long for every text of one length, wherever the first difference is. */
function isSame(expected: string | undefined, given: string): boolean {
  if (expected === undefined || expected === "") return false;
  let difference = expected.length ^ given.length;
  for (let at = 0; at < given.length; at += 1) difference |= given.charCodeAt(at) ^ expected.charCodeAt(at % expected.length);
  return difference === 0;
}
