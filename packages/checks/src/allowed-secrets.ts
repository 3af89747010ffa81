/** A text that looks like a secret and is none. */
export interface AllowedSecret {
  readonly path: string;
  /** As the scan prints it. */
  readonly fingerprint: string;
  /** Why it may stand there. */
  readonly reason: string;
}

export const allowedSecrets: readonly AllowedSecret[] = [];
