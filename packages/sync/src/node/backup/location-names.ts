import type { LocationClient } from "@ghlkit/client";
import { isGhlError } from "@ghlkit/core";
import { createFields, type FieldDefinition } from "@ghlkit/crm/fields";
import type { SyncLocation } from "../../kinds/kind.ts";

/** A client bound to one location, with what backups and restores need beside the lists. */
export type BackupLocation = SyncLocation & Pick<LocationClient, "locations" | "users">;

/** A client for all locations: `createGhl` or `openGhl` of `ghlkit`. */
export interface BackupClient {
  readonly location: (locationId: string) => BackupLocation;
}

/** Something with an id that only its own location knows, and a name. */
export interface NamedId {
  readonly id: string;
  readonly name: string;
}

/** What records refer to by id, with its names: ids differ from location to location. What the token may not read is absent. */
export interface LocationNames {
  /** Custom fields of contacts and opportunities. */
  readonly fields?: readonly FieldDefinition[];
  readonly pipelines?: readonly (NamedId & { readonly stages: readonly NamedId[] })[];
  readonly calendars?: readonly NamedId[];
  /** Users by their e-mail. */
  readonly users?: readonly { readonly id: string; readonly email: string }[];
}

/** A part of the names that is read alone, and needs a scope of its own. */
export type NamePart = keyof LocationNames;

/** All parts of the names. */
export const nameParts: readonly NamePart[] = ["fields", "pipelines", "calendars", "users"];

/**
 * Reads the names of a location, in about five calls; without those that the token may not read.
 * @param needed Parts without which it fails.
 * @throws GhlError `scope_missing` for a part that is needed, and what a call throws otherwise.
 */
export async function readLocationNames(
  location: BackupLocation,
  locationId: string,
  needed: readonly NamePart[] = [],
): Promise<LocationNames> {
  const read = async <Part extends NamePart>(part: Part, reading: () => Promise<LocationNames[Part]>): Promise<LocationNames> => {
    try {
      return { [part]: await reading() };
    } catch (error) {
      if (!needed.includes(part) && (isGhlError(error, "scope_missing") || isGhlError(error, "token_kind"))) return {};
      throw error;
    }
  };
  return {
    ...(await read("fields", () => readFields(location))),
    ...(await read("pipelines", () => readPipelines(location))),
    ...(await read("calendars", async () => (await location.calendars.list()).calendars.map(named))),
    ...(await read("users", () => readUsers(location, locationId))),
  };
}

function named({ id, name }: NamedId): NamedId {
  return { id, name };
}

async function readFields(location: BackupLocation): Promise<readonly FieldDefinition[]> {
  const fields = createFields(location);
  return [...(await fields.list("contact")), ...(await fields.list("opportunity"))];
}

async function readPipelines({ opportunities }: BackupLocation): Promise<LocationNames["pipelines"]> {
  const { pipelines } = await opportunities.listPipelines();
  return pipelines.map(({ id, name, stages }) => ({ id, name, stages: (stages as readonly NamedId[]).map(named) }));
}

async function readUsers({ locations, users }: BackupLocation, locationId: string): Promise<NonNullable<LocationNames["users"]>> {
  const { companyId } = (await locations.get()).location;
  const found: { readonly id: string; readonly email: string }[] = [];
  for await (const { id, email } of users.search({ companyId, locationId, limit: 100 })) found.push({ id, email });
  return found;
}
