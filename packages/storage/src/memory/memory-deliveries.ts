import type { StoredDelivery } from "../inbox/inbox-delivery.ts";
import type { MemoryLanes } from "./memory-lanes.ts";
import type { MemoryTimeline } from "./memory-timeline.ts";

/** Deliveries by id and in the order of arrival, and the lanes of their entities. */
export interface MemoryDeliveries {
  readonly byId: Map<string, StoredDelivery>;
  readonly timeline: MemoryTimeline;
  readonly lanes: MemoryLanes;
}
