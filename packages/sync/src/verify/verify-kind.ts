import { ghlError, type Clock } from "@ghlkit/core";
import type { Copy } from "../copy/copy.ts";
import type { SyncKey } from "../copy/kind-state.ts";
import { definitions } from "../kinds/definitions.ts";
import type { Kind, SyncLocation } from "../kinds/kind.ts";
import { isExpired, keptFrom, type Retention } from "../retention.ts";
import { differingFields, shapeRecord, type ShapedRecord } from "../record/record-shape.ts";

/** A record in which copy and platform differ. */
export interface Difference {
  readonly id: string;
  /** `missing`: not in the copy; `extra`: not on the platform; `changed`: in the fields that are named. */
  readonly difference: "missing" | "extra" | "changed";
  readonly fields?: readonly string[];
}

/** What a comparison of one kind found. */
export interface VerifyReport {
  readonly locationId: string;
  readonly kind: Kind;
  readonly outcome: "equal" | "different";
  /** Records that the platform has. */
  readonly records: number;
  /** How many records differ; `differences` names the first thousand. */
  readonly different: number;
  readonly differences: readonly Difference[];
  /** Requests to the platform. */
  readonly calls: number;
}

/** What a comparison needs. */
export interface Verifying {
  readonly copy: Copy;
  /** In the bulk lane. */
  readonly location: SyncLocation;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly retention: Retention;
}

/** Differences that are named. */
const mostNamed = 1000;

/** Records of the copy that are read at a time. */
const chunk = 500;

/**
 * Compares all records of a kind with those of the platform, and writes nothing. What seems to differ is read once more on both sides: a webhook may
 * be on its way, and lists lag behind.
 * @throws what a call throws; GhlError `invalid_response` for a list that is not complete, because nothing can be said then.
 */
export async function verifyKind(key: SyncKey, verifying: Verifying): Promise<VerifyReport> {
  const { copy, location, clock, signal, retention } = verifying;
  const from = keptFrom(key.kind, retention, clock.now());
  const definition = definitions[key.kind];
  const listed = new Set<string>();
  const found: Difference[] = [];
  let different = 0;
  let calls = 0;
  let total: number | undefined;
  const look = async (ids: readonly string[]): Promise<void> => {
    for (const id of ids) {
      signal.throwIfAborted();
      calls += 1;
      const difference = await compareAlone(key, id, verifying);
      if (difference === undefined) continue;
      different += 1;
      if (found.length < mostNamed) found.push(difference);
    }
  };
  for await (const page of definition.list(location, { cursor: undefined, clock, pagesAtATime: 1 })) {
    calls += page.calls;
    total = page.total ?? total;
    const shaped = page.items.flatMap((item) => shapeRecord(definition, item) ?? []).filter(({ id }) => !listed.has(id));
    const current = shaped.filter(({ body }) => !isExpired(definition, body, from));
    const kept = await copy.records(
      key,
      current.map(({ id }) => id),
    );
    for (const { id } of shaped) listed.add(id);
    await look(current.filter(({ id, hash }) => kept.get(id)?.deletedAt !== undefined || kept.get(id)?.hash !== hash).map(({ id }) => id));
  }
  if (total !== undefined && listed.size < total)
    throw ghlError("invalid_response", `The list of ${key.kind} has ${listed.size} of ${total} records: nothing is verified.`, {
      status: 200,
    });
  let after = "";
  for (let rows = await copy.page(key, after, chunk); rows.length > 0; rows = await copy.page(key, after, chunk)) {
    await look(rows.filter(({ id, body }) => !listed.has(id) && !isExpired(definition, body, from)).map(({ id }) => id));
    after = rows.at(-1)?.id ?? after;
  }
  return { ...key, outcome: different === 0 ? "equal" : "different", records: listed.size, different, differences: found, calls };
}

/** The record as the platform's store has it beside that of the copy, read after it. */
async function compareAlone(key: SyncKey, id: string, { copy, location }: Verifying): Promise<Difference | undefined> {
  const definition = definitions[key.kind];
  const wire = await definition.read(location, id);
  const there: ShapedRecord | undefined = wire === undefined ? undefined : shapeRecord(definition, wire);
  const kept = (await copy.records(key, [id])).get(id);
  const here = kept?.deletedAt === undefined ? kept : undefined;
  if (there === undefined) return here === undefined ? undefined : { id, difference: "extra" };
  if (here === undefined) return { id, difference: "missing" };
  const fields = here.hash === there.hash ? [] : differingFields(definition, here.body, there.body);
  return fields.length === 0 ? undefined : { id, difference: "changed", fields };
}
