/** What was used though it was forbidden, with the place. */
export const used: string[] = [];

/** Makes a function of a global object throw, as Cloudflare Workers do outside of a request. */
function forbid(name: string, owner: object, key: string): void {
  const refuse = function (): never {
    const place = new Error(name).stack?.split("\n").find((line) => line.includes("/src/") && !line.includes("node_modules"));
    used.push(`${name} ${place?.trim() ?? ""}`);
    throw new Error(`${name} was used outside of a request.`);
  };
  Object.defineProperty(owner, key, { value: refuse, configurable: true, writable: true });
}

/** Takes away what reads random numbers, starts timers, makes signals or does I/O. */
export function forbidEverything(): void {
  // Node.js loads its fetch when it is first looked at, and that is its own affair.
  void [globalThis.fetch, globalThis.Request];
  for (const key of ["getRandomValues", "randomUUID"]) forbid(`crypto.${key}`, crypto, key);
  for (const key of ["digest", "importKey", "sign", "verify", "encrypt", "decrypt", "deriveBits", "generateKey"])
    forbid(`crypto.subtle.${key}`, crypto.subtle, key);
  forbid("Math.random", Math, "random");
  for (const key of ["setTimeout", "setInterval", "setImmediate", "fetch", "AbortController"]) forbid(key, globalThis, key);
  for (const key of ["timeout", "any", "abort"]) forbid(`AbortSignal.${key}`, AbortSignal, key);
}
