/** Codes of failures that come before the first byte of a request: no address, no connection, no trusted certificate. */
const codes = new Set([
  "EADDRNOTAVAIL",
  "EAI_AGAIN",
  "EAI_FAIL",
  "ECONNREFUSED",
  "EHOSTDOWN",
  "EHOSTUNREACH",
  "ENETDOWN",
  "ENETUNREACH",
  "ENOTFOUND",
  "UND_ERR_CLOSED",
  "UND_ERR_CONNECT_TIMEOUT",
  "UND_ERR_INVALID_ARG",
  "UND_ERR_NOT_SUPPORTED",
  // A proxy that is spoken to by TLS
  "UND_ERR_PRX_TLS",
  // Bun
  "ConnectionRefused",
  "FailedToOpenSocket",
  // The server's certificate was refused, see https://nodejs.org/api/tls.html#x509-certificate-error-codes
  "CERT_HAS_EXPIRED",
  "CERT_NOT_YET_VALID",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "ERR_TLS_CERT_ALTNAME_INVALID",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
]);

/** System calls that come before the first byte. */
const calls = new Set(["connect", "getaddrinfo"]);

/**
 * Where a runtime gives no code, or one that says less: a proxy that refuses a tunnel (undici: `Proxy response (403) !== 200 when HTTP Tunneling`), a port or URL that fetch refuses, and Deno, whose cause reads `client error (Connect): tcp connect error: …`
 * or `client error (Connect): dns error: …` (2.x), `error trying to connect: …` (1.x).
 */
const words =
  /\bbad port\b|requests to port \d+ are blocked|unsupported protocol|unknown scheme|invalid url|failed to parse url|\bincludes credentials\b|(?:^|: )client error \(Connect\)|error trying to connect:|when HTTP Tunneling$/i;

const deepest = 5;

/**
 * Whether a failure of fetch says that the request never left. When in doubt, no: Cloudflare Workers report a refused connection and a lost
 * answer in the same words.
 */
export function neverLeft(failure: unknown, depth = 0): boolean {
  if (depth > deepest) return false;
  if (typeof failure !== "object" || failure === null) return typeof failure === "string" && words.test(failure);
  const { code, syscall, message, cause, errors } = failure as Partial<Record<string, unknown>>;
  // Names of the network are those of a reading or writing as well: then the request was on its way.
  if (typeof syscall === "string") return calls.has(syscall);
  if (typeof code === "string" && codes.has(code)) return true;
  if (typeof message === "string" && words.test(message)) return true;
  // One address after the other was tried: every one of them has to say so.
  if (Array.isArray(errors) && errors.length > 0) return errors.every((error) => neverLeft(error, depth + 1));
  return neverLeft(cause, depth + 1);
}
