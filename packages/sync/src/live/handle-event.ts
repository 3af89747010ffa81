import type { Clock } from "@ghlkit/core";
import type { Inbox } from "@ghlkit/storage";
import type { HandlerContext, WebhookEvent } from "@ghlkit/webhooks";
import type { Copy, RecordChange } from "../copy/copy.ts";
import { definitions } from "../kinds/definitions.ts";
import { listed } from "../kinds/transactions.ts";
import type { Kind, SyncClient, Wire } from "../kinds/kind.ts";
import type { Source } from "../record/judge-record.ts";
import { shapeRecord, type ShapedRecord } from "../record/record-shape.ts";
import { isExpired, keptFrom, type Retention } from "../retention.ts";
import { eventRecords, type HintedRecord } from "./event-records.ts";

/** What the handler of events needs. */
export interface EventHandling {
  readonly copy: Copy;
  readonly ghl: SyncClient;
  readonly inbox: Pick<Inbox, "query">;
  readonly isOurs: (locationId: string) => boolean;
  readonly kinds: ReadonlySet<Kind>;
  readonly clock: Clock;
  readonly retention: Retention;
  readonly onChanges: (key: { readonly locationId: string; readonly kind: Kind }, source: Source, changes: readonly RecordChange[]) => void;
}

/** Ids of events that are remembered as settled by the read for an earlier one. */
const mostCovered = 10_000;

/**
 * Makes the handler of all events: each names records, which are read from the platform and kept. Events of one record that wait together cost
 * one read.
 */
export function createEventHandler(
  handling: EventHandling,
): (event: WebhookEvent, context: Pick<HandlerContext<unknown>, "signal">) => Promise<void> {
  const covered = new Set<string>();
  return async (event, { signal }) => {
    const { resource } = event;
    if (resource?.kind !== "location" || !handling.isOurs(resource.id) || covered.delete(event.id)) return;
    const types = event.type === "unknown" ? event.candidates : [event.type];
    const records = wanted(handling, eventRecords(types, event.payload as Readonly<Record<string, unknown>>));
    if (records.length === 0) return;
    const waiting = await waitingFor(handling, event, records);
    for (const record of records) await readRecord(handling, resource.id, record, signal);
    if (types.some((type) => paid.has(type))) await readPayments(handling, resource.id, records, signal);
    for (const id of waiting) covered.add(id);
    for (const id of covered) {
      if (covered.size <= mostCovered) break;
      covered.delete(id);
    }
  };
}

/** A payment itself emits no event; that of what was paid says that there is one. */
const paid: ReadonlySet<string> = new Set(["InvoicePaid", "InvoicePartiallyPaid"]);

async function readPayments(
  handling: EventHandling,
  locationId: string,
  records: readonly HintedRecord[],
  signal: AbortSignal,
): Promise<void> {
  const { copy, ghl, clock, kinds, onChanges } = handling;
  const key = { locationId, kind: "transactions" } as const;
  if (!kinds.has(key.kind)) return;
  const location = ghl.location(locationId).with({ priority: "webhook", fresh: true, signal });
  for (const { kind, id } of records) {
    if (kind !== "invoices") continue;
    const observedAt = clock.now();
    for await (const { items } of listed(location, { entityId: id }, undefined)) {
      const shaped = items.flatMap((item) => keptRecord(handling, key.kind, item) ?? []);
      const { changes } = await copy.write(key, { records: shaped.map((record) => ({ ...record, source: "changes", observedAt })) });
      if (changes.length > 0) onChanges(key, "webhook", changes);
    }
  }
}

/** A record, shaped, unless it is too old to be kept. */
function keptRecord({ retention, clock }: EventHandling, kind: Kind, wire: Wire): ShapedRecord | undefined {
  const shaped = shapeRecord(definitions[kind], wire);
  return shaped === undefined || isExpired(definitions[kind], shaped.body, keptFrom(kind, retention, clock.now())) ? undefined : shaped;
}

function wanted({ kinds }: EventHandling, records: readonly HintedRecord[]): readonly HintedRecord[] {
  return records.filter(({ kind }) => kinds.has(kind));
}

const decoder = new TextDecoder();

/** Other events that arrived before the read begins and name nothing that it does not read. */
async function waitingFor(handling: EventHandling, event: WebhookEvent, records: readonly HintedRecord[]): Promise<readonly string[]> {
  const { deliveries } = await handling.inbox.query({ entity: event.entity, state: "waiting" });
  const read = new Set(records.map(({ kind, id }) => `${kind}:${id}`));
  return deliveries.flatMap(({ id, type, body }) => {
    if (id === event.id || body.length === 0 || paid.has(type)) return [];
    const fields = JSON.parse(decoder.decode(body)) as Readonly<Record<string, unknown>>;
    const named = wanted(handling, eventRecords([type], fields));
    return named.length > 0 && named.every(({ kind, id: record }) => read.has(`${kind}:${record}`)) ? [id] : [];
  });
}

async function readRecord(handling: EventHandling, locationId: string, { kind, id }: HintedRecord, signal: AbortSignal): Promise<void> {
  const { copy, ghl, clock, onChanges } = handling;
  const key = { locationId, kind };
  const definition = definitions[kind];
  const location = ghl.location(locationId).with({ priority: "webhook", fresh: true, signal });
  const observedAt = clock.now();
  const wire = await definition.read(location, id);
  const shaped = wire === undefined ? undefined : shapeRecord(definition, wire);
  if (shaped !== undefined) {
    if (isExpired(definition, shaped.body, keptFrom(kind, handling.retention, observedAt))) return;
    const { changes } = await copy.write(key, { records: [{ ...shaped, source: "webhook", observedAt }] });
    if (changes.length > 0) onChanges(key, "webhook", changes);
    return;
  }
  const change = await copy.delete(key, { id, at: observedAt, observedAt });
  if (change === undefined) return;
  onChanges(key, "webhook", [change]);
  // What goes with a contact emits no events of its own.
  if (kind === "contacts")
    for (const related of await copy.ofContact(locationId, id)) await readRecord(handling, locationId, related, signal);
}
