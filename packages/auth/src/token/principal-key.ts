import type { Principal } from "@ghlkit/core";

/** A principal as the key of a map or the name of a lease. */
export function principalKey({ app, kind, resource }: Principal): string {
  return `${app}/${kind}/${resource}`;
}
