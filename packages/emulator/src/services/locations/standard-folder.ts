import { createIdSource } from "../../ids/id-source.ts";
import type { CustomField } from "../../state/location.ts";

/** The folder that custom fields stand in unless they name another one. Every location has one per model; lists do not show it. */
export function standardFolder(locationId: string, model: CustomField["model"]): string {
  return createIdSource(`${locationId}/${model}/folder`).record();
}
