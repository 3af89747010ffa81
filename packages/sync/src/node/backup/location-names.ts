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

/** What records refer to by id, with its names: ids differ from location to location. */
export interface LocationNames {
  /** Custom fields of contacts and opportunities. */
  readonly fields: readonly FieldDefinition[];
  readonly pipelines: readonly (NamedId & { readonly stages: readonly NamedId[] })[];
  readonly calendars: readonly NamedId[];
  /** Users by their e-mail; absent when the token may not read them. */
  readonly users?: readonly { readonly id: string; readonly email: string }[];
}

/** Reads the names of a location, in about five calls. @throws what a call throws; a token that may not read users is no failure. */
export async function readLocationNames(location: BackupLocation, locationId: string): Promise<LocationNames> {
  const fields = createFields(location);
  const { pipelines } = await location.opportunities.listPipelines();
  const { calendars } = await location.calendars.list();
  const users = await readUsers(location, locationId).catch((error: unknown) => {
    if (isGhlError(error, "scope_missing") || isGhlError(error, "token_kind")) return undefined;
    throw error;
  });
  return {
    fields: [...(await fields.list("contact")), ...(await fields.list("opportunity"))],
    pipelines: pipelines.map(({ id, name, stages }) => ({ id, name, stages: (stages as readonly NamedId[]).map(named) })),
    calendars: calendars.map(named),
    ...(users !== undefined && { users }),
  };
}

function named({ id, name }: NamedId): NamedId {
  return { id, name };
}

async function readUsers({ locations, users }: BackupLocation, locationId: string): Promise<NonNullable<LocationNames["users"]>> {
  const { companyId } = (await locations.get()).location;
  const found: { readonly id: string; readonly email: string }[] = [];
  for await (const { id, email } of users.search({ companyId, locationId, limit: 100 })) found.push({ id, email });
  return found;
}
