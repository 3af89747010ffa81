import type { EventDescription } from "@ghlkit/contract/events";
import type { World } from "../world.ts";
import type { NewDelivery } from "./delivery-entry.ts";
import type { DeliveryFaults } from "./delivery-faults.ts";
import type { Delivery } from "./delivery.ts";
import type { Dispatcher } from "./dispatcher.ts";
import { describeKind, isLifecycle, shownType } from "./event-kind.ts";
import type { IdSource } from "../ids/id-source.ts";
import type { PlatformEvent } from "./platform-event.ts";
import { withRedundantPairs } from "./redundant-pairs.ts";
import type { Subscriptions } from "./subscriptions.ts";
import type { ResolvedWebhookOptions } from "./webhook-options.ts";

/** Turns what happened into deliveries. */
export interface Publisher {
  /** Sends the events of one change to all subscribed URLs. */
  readonly publish: (events: readonly PlatformEvent[]) => readonly Delivery[];
  /** Sends to one URL, subscribed or not. */
  readonly publishTo: (url: string, event: PlatformEvent) => readonly Delivery[];
}

export interface PublisherParts {
  readonly world: () => World;
  readonly ids: IdSource;
  readonly subscriptions: Subscriptions;
  readonly faults: DeliveryFaults;
  readonly dispatcher: Dispatcher;
  readonly options: Pick<ResolvedWebhookOptions, "scopes">;
}

export function createPublisher({ world, ids, subscriptions, faults, dispatcher, options }: PublisherParts): Publisher {
  const deliver = (event: PlatformEvent, app: string, urls: readonly string[]): readonly Delivery[] => {
    const met = faults.meet(event, ["drop", "duplicate", "delay", "reorder", "missing-webhook-id", "missing-type"]);
    const find = (kind: string) => met.find((fault) => fault.kind === kind);
    const [delay, reorder, duplicate] = [find("delay"), find("reorder"), find("duplicate")];
    const what = compose(
      event,
      app,
      met.map(({ kind }) => kind),
      world(),
      ids,
    );
    const nowMs = world().clock.now();
    const dueMs =
      nowMs + (delay === undefined ? 0 : faults.delayOf(delay, 60_000)) + (reorder === undefined ? 0 : faults.delayOf(reorder, 60_000));
    return urls.flatMap((url) => {
      const first = dispatcher.dispatch({ ...what, url }, { dueMs, ...(reorder && { overtakenBy: reorder.overtakenBy ?? 1 }) });
      const copies = Array.from({ length: duplicate === undefined ? 0 : (duplicate.copies ?? 1) }, () =>
        dispatcher.dispatch({ ...what, url, duplicateOf: first.id }, { dueMs: dueMs + faults.delayOf(duplicate ?? noFault, 0) }),
      );
      return [first, ...copies];
    });
  };
  const publish = (events: readonly PlatformEvent[]): readonly Delivery[] => {
    const published = withRedundantPairs(events, (event) => faults.meet(event, ["redundant-pair"]).length > 0);
    return published.flatMap((event) => {
      const description = describeKind(event.kind);
      if (!isHeardOf(event, description, world(), options.scopes)) return [];
      return [...subscriptions.receivers(description)].flatMap(([app, urls]) => (urls.length === 0 ? [] : deliver(event, app, urls)));
    });
  };
  return { publish, publishTo: (url, event) => deliver(event, world().oauth.app.id, [url]) };
}

const noFault = { type: "*", kind: "duplicate" } as const;

/** Is the app where it happened, and may it know? */
function isHeardOf(event: PlatformEvent, { scopes: needed, kind }: EventDescription, world: World, mode: "enforce" | "ignore"): boolean {
  if (isLifecycle(kind)) return true;
  const { audience = [event.locationId ?? event.companyId ?? ""] } = event;
  return audience.some((id) => {
    const installation = world.oauth.installations.get(id);
    if (installation === undefined) return false;
    const { scopes } = installation;
    return mode === "ignore" || scopes === "all" || needed.every((scope) => scopes.includes(scope));
  });
}

/** The body that an app gets, as text: it is signed and sent as the same bytes each time. */
function compose(event: PlatformEvent, appId: string, met: readonly string[], world: World, ids: IdSource): Omit<NewDelivery, "url"> {
  const description = describeKind(event.kind);
  const body = bodyFor(event, appId, world, ids);
  if (met.includes("missing-webhook-id")) delete body["webhookId"];
  if (met.includes("missing-type")) delete body["type"];
  const { webhookId, locationId, companyId } = body;
  return {
    type: shownType(description),
    appId,
    ...(typeof webhookId === "string" && { webhookId }),
    ...(typeof locationId === "string" && { locationId }),
    ...(typeof companyId === "string" && { companyId }),
    faults: met,
    body: JSON.stringify(body),
  };
}

/** Flat, as the platform sends it: the event's fields among those of the envelope. */
export function bodyFor(event: PlatformEvent, appId: string, { oauth, clock }: World, ids: IdSource): Record<string, unknown> {
  const { kind, locationId, companyId, fields, overrides } = event;
  if (event.isComplete === true) return { ...fields, ...overrides };
  const { type } = describeKind(kind);
  const versionId = oauth.installations.get(locationId ?? companyId ?? "")?.versionId ?? oauth.app.versionId;
  return {
    ...(type !== undefined && { type }),
    ...(locationId !== undefined && { locationId }),
    ...(companyId !== undefined && { companyId }),
    ...fields,
    appId,
    versionId,
    timestamp: new Date(clock.now()).toISOString(),
    webhookId: ids.uuid(),
    ...overrides,
  };
}
