import type { World } from "../world.ts";
import { emitLifecycleEvent } from "./emit-lifecycle-event.ts";
import { resourceId, type Resource } from "./installation.ts";

/**
 * Takes the app off a location, or off a company with all its locations, ends their tokens and emits UNINSTALL.
 * `false` when it was not there.
 */
export function uninstall(world: World, resource: Resource): boolean {
  const { installations } = world.oauth;
  const { locationId, companyId } = resource;
  const gone =
    locationId === undefined
      ? installations.group(companyId ?? "")
      : [installations.get(locationId)].filter((installation) => installation !== undefined);
  for (const { id, ...installation } of gone) {
    installations.delete(id);
    endTokens(world, installation);
    const named = installation.locationId === undefined ? { companyId: installation.companyId } : { locationId: installation.locationId };
    emitLifecycleEvent(world, { type: "UNINSTALL", versionId: installation.versionId, ...named });
  }
  return gone.length > 0;
}

/** Ends access and refresh tokens of the app for a location or a company. */
export function endTokens(world: World, resource: Resource): void {
  const id = resourceId(resource);
  world.oauth.refreshTokens.end((grant) => grant.installationId === id);
  world.tokens.update((credential) => (credential.kind === "oauth" && resourceId(credential) === id ? undefined : credential));
}
