import type { InstallationState, InstallationStore } from "@ghlkit/storage";

/** What is needed of a client for all locations: `createGhl` and `openGhl` of `ghlkit` make one. */
export interface LocationsClient<Location> {
  readonly location: (locationId: string) => Location;
  /** With the credentials of a marketplace app: its installations. */
  readonly auth?:
    | {
        readonly app: { readonly clientId: string };
        readonly stores: { readonly installations: Pick<InstallationStore, "list"> };
      }
    | undefined;
}

/** A location that has the app installed. */
export interface InstalledLocation {
  readonly locationId: string;
  readonly state: Exclude<InstallationState, "uninstalled">;
}

/** Lists the locations that have the app installed, whatever the state of their installation. @throws TypeError for a client without an app. */
export async function* installedLocations<Location>({ auth }: LocationsClient<Location>): AsyncIterableIterator<InstalledLocation> {
  if (auth === undefined) throw new TypeError("A client with a private token has no installations: name the locations.");
  for await (const { principal, state } of auth.stores.installations.list({ app: auth.app.clientId, kind: "location" }))
    if (state !== "uninstalled") yield { locationId: principal.resource, state };
}

/** The locations that are named, each once, or all that have the app installed. @throws TypeError for an id that cannot be a part of a key in the journal. */
export async function listLocations<Location>(
  client: LocationsClient<Location>,
  named: readonly string[] | undefined,
): Promise<readonly InstalledLocation[]> {
  const wrong = named?.find((locationId) => !/^[^/:\p{C}]{1,150}$/u.test(locationId));
  if (wrong !== undefined) throw new TypeError(`"${wrong}" is no id of a location.`);
  if (named !== undefined) return [...new Set(named)].map((locationId) => ({ locationId, state: "active" }));
  const all: InstalledLocation[] = [];
  for await (const location of installedLocations(client)) all.push(location);
  return all;
}
