import type { InstallationFacts } from "@ghlkit/storage";
import { locationOf, type InstallationParts } from "./installation-parts.ts";

export interface Activation {
  readonly companyId: string | undefined;
  readonly facts?: InstallationFacts;
  readonly installedAt?: number;
}

/**
 * A location on which the app is installed, and for which there is a grant: its own, or its company's. Nothing is asked of
 * the platform; the token is minted when it is first needed. A suspended one stays so until a token of it works.
 */
export async function activateLocation(parts: InstallationParts, location: string, activation: Activation): Promise<boolean> {
  const principal = locationOf(parts, location);
  const { before, installation } = await parts.change(principal, { change: "listed", parked: [], ...activation });
  const isNew = installation?.state === "active" && before?.state !== "active";
  if (isNew) parts.tokens.invalidate(principal);
  if (isNew) parts.emit({ type: "installed", principal });
  return isNew;
}
