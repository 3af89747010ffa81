import { sha256, type Clock } from "@ghlkit/core";
import { definitions } from "../../kinds/definitions.ts";
import type { Kind, Wire } from "../../kinds/kind.ts";
import { canonicalText, shapeRecord } from "../../record/record-shape.ts";
import type { BackupLocation } from "../backup/location-names.ts";
import { Claims } from "./claims.ts";

/** How records of a kind are recognised and compared. */
export interface Recognition {
  /** Texts that two records which are the same have in common, the surest first. */
  readonly keys: (body: Wire) => readonly string[];
  /** What a restore can write of it, in the shape in which it is written. */
  readonly written: (body: Wire) => Wire;
  /** The contact on which it hangs: the platform cannot hang it on another one. */
  readonly owner?: (body: Wire) => string;
}

/** Records of a kind that a location has: each is taken by one record of the backup at most. */
export class TargetRecords {
  readonly #hashes = new Map<string, string>();
  readonly #owners = new Map<string, string>();
  readonly #byKey = new Map<string, string[]>();
  readonly #claims = new Claims();

  add(id: string, body: Wire, { keys, written, owner }: Recognition): void {
    if (this.#hashes.has(id)) return;
    this.#hashes.set(id, hashOf(written(body)));
    if (owner !== undefined) this.#owners.set(id, owner(body));
    for (const key of keys(body)) this.#byKey.set(key, [...(this.#byKey.get(key) ?? []), id]);
  }

  has(id: string): boolean {
    return this.#hashes.has(id);
  }

  /** Takes a record for one of the backup, unless another one has it. */
  claim(id: string, taker: string): boolean {
    return this.#claims.claim(id, taker);
  }

  /** Takes, for the record of the backup with that id, the one of the same id, if it hangs on the same contact, or the first that has one of the keys and is free. */
  take(id: string, keys: readonly string[], owner?: string): string | undefined {
    const isIt = this.has(id) && (owner === undefined || this.#owners.get(id) === owner);
    const candidates = [...(isIt ? [id] : []), ...keys.flatMap((key) => this.#byKey.get(key) ?? [])];
    return candidates.find((one) => this.claim(one, id));
  }

  /** Whether all that can be written of it is as wanted already. */
  isSame(id: string, wanted: Wire): boolean {
    return this.#hashes.get(id) === hashOf(wanted);
  }
}

/** Lists all records of a kind, in the bulk lane. @throws what a call throws. */
export async function listTarget(
  kind: Kind,
  { location, clock }: { readonly location: BackupLocation; readonly clock: Pick<Clock, "now"> },
  recognition: Recognition,
): Promise<TargetRecords> {
  const definition = definitions[kind];
  const records = new TargetRecords();
  for await (const { items } of definition.list(location, { cursor: undefined, clock, pagesAtATime: 1 })) {
    for (const item of items) {
      const shaped = shapeRecord(definition, item);
      if (shaped !== undefined) records.add(shaped.id, shaped.body, recognition);
    }
  }
  return records;
}

/** Reads a record alone, in the shape of the backup. */
export async function readTarget(kind: Kind, location: BackupLocation, id: string): Promise<Wire | undefined> {
  const wire = await definitions[kind].read(location, id);
  return wire === undefined ? undefined : shapeRecord(definitions[kind], wire)?.body;
}

/** Fields that are wanted and are other than wanted; nothing that is not wanted is among them. */
export function changedFields(wanted: Wire, current: Wire): Wire {
  return Object.fromEntries(Object.entries(wanted).filter(([name, value]) => canonicalText(value) !== canonicalText(current[name])));
}

function hashOf(written: Wire): string {
  return sha256(canonicalText(written)).slice(0, 24);
}
