import { createIdSource, type IdSource } from "../ids/id-source.ts";
import { idStyleOf } from "../resources/resource-table.ts";
import type { Seed } from "../seed/seed.ts";
import type { LocationDefaults } from "../state/new-location.ts";
import { recordKey } from "../state/resource-record.ts";
import type { State } from "../state/state.ts";
import type { Seeding } from "./service.ts";
import { services } from "./services.ts";

/** What the seeded account is like: options of `EmulatorOptions`. */
export interface SeedSettings extends LocationDefaults {
  readonly seed: string;
}

/** Seeds an empty state with the account that every emulator starts with; it has no contacts. */
export function seedState(seed: Seed, state: State, settings: SeedSettings, now: string): void {
  const ids = createIdSource(`${settings.seed}/state`);
  const sow = sower(seed, state, settings.seed, now);
  for (const service of services) service.seed?.({ seed, state, ids, sow, defaults: settings, now });
}

function sower({ companyId, locationId: first }: Seed, state: State, text: string, now: string): Seeding["sow"] {
  const sources = new Map<string, IdSource>();
  const idsOf = (resource: string): IdSource => {
    const source = sources.get(resource) ?? createIdSource(`${text}${resource}`);
    sources.set(resource, source);
    return source;
  };
  return (resource, fields, { recordId, idStyle, locationId = first, parents = [] } = {}) => {
    const id = recordId ?? idsOf(resource)[idStyle ?? idStyleOf(resource)]();
    return state.records.put({
      id: recordKey(resource, id),
      resource,
      recordId: id,
      ...(locationId !== null && { locationId }),
      companyId,
      parents,
      fields,
      createdAt: now,
      updatedAt: now,
    });
  };
}
