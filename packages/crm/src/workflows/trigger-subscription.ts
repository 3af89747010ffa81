/** A trigger that the author of a workflow has set up: events are posted to its URL. */
export interface TriggerSubscription {
  readonly id: string;
  /** Key of the trigger, as the marketplace knows it. */
  readonly key: string;
  readonly locationId: string;
  readonly workflowId: string;
  /** Where events go. HighLevel applies the filters itself. */
  readonly targetUrl: string;
  readonly version: string | undefined;
  readonly filters: readonly Readonly<Record<string, unknown>>[];
}

/**
 * Where subscriptions are kept: a table of the application. They are sent once, when a workflow is saved, and cannot be asked for again: what is lost here is lost until its
 * author saves it again.
 */
export interface TriggerStore {
  /** Adds it, or replaces the one of that id. */
  readonly put: (subscription: TriggerSubscription) => Promise<void>;
  readonly delete: (id: string) => Promise<void>;
  readonly list: (of: { readonly locationId: string; readonly key: string }) => Promise<readonly TriggerSubscription[]>;
}

/** A store for tests and for trying things out: it forgets with the process. */
export function createMemoryTriggerStore(): TriggerStore {
  const subscriptions = new Map<string, TriggerSubscription>();
  return {
    put: async (subscription) => void subscriptions.set(subscription.id, subscription),
    delete: async (id) => void subscriptions.delete(id),
    list: async ({ locationId, key }) => [...subscriptions.values()].filter((one) => one.locationId === locationId && one.key === key),
  };
}
