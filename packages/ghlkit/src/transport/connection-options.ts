/** How connections are opened and kept. */
export interface ConnectionOptions {
  /** Most connections per host. @default no limit */
  readonly connections?: number;
  /** Milliseconds an idle connection is kept where the server names no time. @default 4000 */
  readonly keepAliveMs?: number;
  /** Milliseconds that opening a connection may take. @default 10000 */
  readonly connectTimeoutMs?: number;
  /**
   * Authorities to trust, as PEM, beside those that Node.js trusts anyway (its own, and `NODE_EXTRA_CA_CERTS`).
   * @default none
   */
  readonly ca?: string | readonly string[];
  /**
   * URL of a proxy for every host but those of `NO_PROXY`; `false` for none. Loopback is never asked through a proxy.
   * @default `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` of the environment
   */
  readonly proxy?: string | false;
}
