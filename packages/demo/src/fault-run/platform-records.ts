import { isDeepStrictEqual } from "node:util";
import type { Emulator } from "@ghlkit/emulator";

/** A record of the emulator, as far as it is compared. */
export type PlatformRecord = Readonly<Record<string, unknown>> & { readonly id: string };

/** Records of a collection of the emulator that belong to the location. */
export function recordsOf(emulator: Emulator, collection: string, locationId: string): readonly PlatformRecord[] {
  const records = (emulator.snapshot()[collection] ?? []) as readonly PlatformRecord[];
  return records.filter((record) => record["locationId"] === locationId);
}

/** Records of a resource of the contract, such as `/invoices`, with their id on the wire and their fields. */
export function resourcesOf(emulator: Emulator, resource: string, locationId: string): readonly PlatformRecord[] {
  return recordsOf(emulator, "records", locationId)
    .filter((record) => record["resource"] === resource)
    .map(({ recordId, fields }) => ({ ...(fields as object), id: String(recordId) }));
}

export function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** One sentence for each id that one side lacks, or where both differ. */
export function differences<Value>(
  what: string,
  ofApplication: ReadonlyMap<string, Value>,
  ofPlatform: ReadonlyMap<string, Value>,
): readonly string[] {
  const ids = new Set([...ofApplication.keys(), ...ofPlatform.keys()]);
  return [...ids].flatMap((id) => {
    const [ours, theirs] = [ofApplication.get(id), ofPlatform.get(id)];
    if (isDeepStrictEqual(ours, theirs)) return [];
    if (ours === undefined) return [`${what} ${id} is not in the application: ${JSON.stringify(theirs)}`];
    if (theirs === undefined) return [`${what} ${id} is in the application alone: ${JSON.stringify(ours)}`];
    return [`${what} ${id}: ${JSON.stringify(ours)} in the application, ${JSON.stringify(theirs)} in HighLevel`];
  });
}

/** A sentence unless there are so many. */
export function counted(what: string, found: number, wanted: number): readonly string[] {
  return found === wanted ? [] : [`${what}: ${found}, not ${wanted}`];
}
