import { createCollection, type Collection, type Stored } from "../state/collection.ts";

/** The app on one location, or on a company. The id is the location's, else the company's: the emulator has one app. */
export interface Installation extends Stored {
  readonly companyId: string;
  /** Absent for the installation on the company. */
  readonly locationId?: string;
  /** Who installed it. */
  readonly userId: string;
  /** Fixed at consent. */
  readonly scopes: "all" | readonly string[];
  readonly versionId: string;
  readonly planId?: string;
  readonly installedAt: string;
  /** A company's token for locations: from an agency user who installed a sub-account app. */
  readonly isBulk: boolean;
  readonly approvesAllLocations: boolean;
  readonly installToFutureLocations: boolean;
}

/** Installations by company. */
export function createInstallations(): Collection<Installation> {
  return createCollection<Installation>((installation) => installation.companyId);
}

/** Whom tokens and controls are about. */
export interface Resource {
  readonly companyId?: string;
  readonly locationId?: string;
}

/** The name of a resource among installations, suspensions and tokens. */
export function resourceId({ companyId, locationId }: Resource): string {
  return locationId ?? companyId ?? "";
}
