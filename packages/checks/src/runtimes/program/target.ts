/** What the program is given: an emulator on loopback, and two servers that fail. Plain JSON, because it goes to other runtimes. */
export interface Target {
  /** Name of the runtime, for what may differ. */
  readonly runtime: string;
  readonly baseUrl: string;
  readonly locationId: string;
  readonly token: string;
  readonly app: { readonly clientId: string; readonly clientSecret: string; readonly redirectUri: string; readonly id: string };
  /** Where the browser comes back to after a consent, with its code. */
  readonly callback: string;
  /** The same, of another consent: a code is good for one use. */
  readonly laterCallback: string;
  readonly publicKey: string;
  /** A signed delivery, its body as text. */
  readonly delivery: { readonly body: string; readonly headers: Readonly<Record<string, string>> };
  /** A server that resets a connection when a second request on it asks for `/reset-…`. */
  readonly resettingUrl: string;
  /** Where nothing listens. */
  readonly closedUrl: string;
  /** Whether the runtime distinguishes a refused connection from a lost answer. */
  readonly knowsRefusals: boolean;
}
