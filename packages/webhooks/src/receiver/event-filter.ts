import type { EventType } from "../events/event-type.ts";
import type { WebhookEvent } from "../events/webhook-event.ts";

/** Which events are kept; every condition given must hold. What is not wanted is answered with 200 and forgotten. */
export interface EventFilter {
  readonly types?: readonly (EventType | "unknown")[];
  /** Ids of locations or companies, or a function of one. An event that names neither is kept. */
  readonly resources?: readonly string[] | ((id: string) => boolean);
}

/** Whether the inbox wants it. */
export function createFilter({ types, resources }: EventFilter): (event: WebhookEvent) => boolean {
  const wanted = types === undefined ? undefined : new Set<string>(types);
  const ids = typeof resources === "function" || resources === undefined ? undefined : new Set(resources);
  const isOurs = typeof resources === "function" ? resources : (id: string) => ids === undefined || ids.has(id);
  return ({ type, resource }) => (wanted === undefined || wanted.has(type)) && (resource === undefined || isOurs(resource.id));
}
