import type { EventDescription } from "@ghlkit/contract/events";
import { eventNamed, isDefaultOnly, shownType } from "./event-kind.ts";
import type { Subscribed, WebhookSubscription } from "./webhook-controls.ts";
import type { ResolvedWebhookOptions } from "./webhook-options.ts";

const mostSubscriptions = 1000;

/** Who wants which events. */
export interface Subscriptions {
  readonly add: (subscription: WebhookSubscription) => Subscribed;
  readonly remove: (id: string) => boolean;
  readonly list: () => readonly Subscribed[];
  readonly isAny: () => boolean;
  /** App → URLs that an event goes to. */
  readonly receivers: (event: EventDescription) => ReadonlyMap<string, readonly string[]>;
  /** Back to those of the options. */
  readonly reset: () => void;
}

/** @param seededApp Id of the app that the options are about. */
export function createSubscriptions(options: Pick<ResolvedWebhookOptions, "url" | "events">, seededApp: string): Subscriptions {
  let count = 0;
  let subscriptions: Subscribed[] = [];
  const add = ({ app = seededApp, url, events }: WebhookSubscription): Subscribed => {
    if (!URL.canParse(url)) throw new TypeError(`${url} is no URL that webhooks can be sent to.`);
    if (subscriptions.length >= mostSubscriptions) throw new Error(`There are ${mostSubscriptions} subscriptions, which is the most.`);
    const kinds = events?.map((name) => shownType(eventNamed(name)));
    const subscribed = { id: `subscription-${(count += 1)}`, app, url, ...(kinds && { events: kinds }) };
    subscriptions.push(subscribed);
    return subscribed;
  };
  const reset = (): void => {
    subscriptions = [];
    count = 0;
    if (options.url !== undefined) add({ url: options.url });
    for (const [event, url] of Object.entries(options.events)) add({ url, events: [event] });
  };
  reset();
  return {
    add,
    reset,
    remove(id) {
      const before = subscriptions.length;
      subscriptions = subscriptions.filter((subscription) => subscription.id !== id);
      return subscriptions.length < before;
    },
    isAny: () => subscriptions.length > 0,
    list: () => [...subscriptions],
    receivers(event) {
      const byApp = Map.groupBy(subscriptions, ({ app }) => app);
      return new Map([...byApp].map(([app, own]) => [app, urlsFor(event, own)]));
    },
  };
}

function urlsFor(event: EventDescription, own: readonly Subscribed[]): readonly string[] {
  const special = isDefaultOnly(event.kind) ? [] : own.filter(({ events }) => events?.includes(shownType(event)) === true);
  if (special.length > 0) return special.map(({ url }) => url);
  // Messages for a conversation provider go to its delivery URL, which is none of the app's webhook URLs.
  if (event.kind === "ProviderOutboundMessage") return [];
  return own.filter(({ events }) => events === undefined).map(({ url }) => url);
}
