import type { WebhookKeys } from "./webhook-keys.ts";
import { createIdSource } from "../ids/id-source.ts";
import { createRandom, unitRandom } from "../ids/random.ts";
import type { SchedulingClock } from "../clock/emulator-clock.ts";
import type { Lifecycle } from "../oauth/lifecycle.ts";
import type { World } from "../world.ts";
import { createCircuitBreaker } from "./circuit-breaker.ts";
import { createDeliveryFaults } from "./delivery-faults.ts";
import { createDispatcher } from "./dispatcher.ts";
import { eventNamed, isLifecycle } from "./event-kind.ts";
import { lifecycleEvent } from "./lifecycle-event.ts";
import type { PlatformEvent } from "./platform-event.ts";
import { bodyFor, createPublisher } from "./publisher.ts";
import { sampleEvent } from "./samples/sample-event.ts";
import { createSigner } from "./signer.ts";
import { createSubscriptions } from "./subscriptions.ts";
import type { SignedWebhook, WebhookControls } from "./webhook-controls.ts";
import type { ResolvedWebhookOptions } from "./webhook-options.ts";

export interface WebhookParts {
  readonly options: ResolvedWebhookOptions;
  readonly seed: string;
  readonly clock: SchedulingClock;
  readonly keys: WebhookKeys;
  readonly lifecycle: Lifecycle;
  /** The world, which a reset replaces. */
  readonly world: () => World;
  readonly appId: string;
}

/** Webhooks of an emulator, and the ends that its other parts hold. */
export interface Webhooks extends WebhookControls {
  /** Whether anyone is subscribed. */
  readonly isSubscribed: () => boolean;
  /** Publishes the events of one change. */
  readonly publish: (events: readonly PlatformEvent[]) => void;
  readonly reset: () => void;
}

export function createWebhooks({ options, seed, clock, keys, lifecycle, world, appId }: WebhookParts): Webhooks {
  const ids = createIdSource(`${seed}/webhooks`);
  const random = unitRandom(createRandom(`${seed}/webhook-times`));
  const signer = createSigner(keys, options);
  const subscriptions = createSubscriptions(options, appId);
  const faults = createDeliveryFaults(`${seed}/webhook-faults`, random);
  const breaker = createCircuitBreaker(clock, options.circuitBreaker);
  const dispatcher = createDispatcher({ breaker, clock, ids, sign: signer, options, random });
  const publisher = createPublisher({ world, ids, subscriptions, faults, dispatcher, options });
  clock.waitFor(dispatcher.quiet);
  lifecycle.subscribe((event) => void publisher.publish([lifecycleEvent(event)]));
  return {
    isSubscribed: subscriptions.isAny,
    publish: (events) => void publisher.publish(events),
    subscribe: subscriptions.add,
    unsubscribe: subscriptions.remove,
    subscriptions: subscriptions.list,
    sample: (type, overrides) => asSent(bodyFor(sampleEvent(type, world(), ids, overrides), appId, world(), ids)),
    async sign(body): Promise<SignedWebhook> {
      const bytes = bytesOf(body);
      return { body: bytes, headers: { "content-type": "application/json", ...(await signer(bytes)) } };
    },
    trigger(type, overrides, { url } = {}) {
      const event = sampleEvent(type, world(), ids, overrides);
      const sent = url === undefined ? publisher.publish([event]) : publisher.publishTo(url, event);
      if (sent.length === 0) throw new Error(noReceiver(type, event));
      return sent;
    },
    deliveries: dispatcher.log,
    delivery: dispatcher.find,
    resend: dispatcher.resend,
    settle: dispatcher.settle,
    urls: breaker.list,
    resume: breaker.resume,
    faults,
    reset() {
      dispatcher.reset();
      breaker.reset();
      subscriptions.reset();
      faults.clear();
    },
  };
}

function bytesOf(body: string | Uint8Array | object): Uint8Array<ArrayBuffer> {
  if (body instanceof Uint8Array) return new Uint8Array(body);
  return new TextEncoder().encode(typeof body === "string" ? body : JSON.stringify(body));
}

/** Without what JSON leaves out. */
function asSent(body: Record<string, unknown>): Record<string, unknown> {
  return JSON.parse(JSON.stringify(body)) as Record<string, unknown>;
}

function noReceiver(type: string, { kind, locationId, companyId }: PlatformEvent): string {
  const where = isLifecycle(kind) ? "" : ` on ${locationId ?? companyId ?? "nothing"}`;
  const { scopes } = eventNamed(type);
  const needs = scopes.length === 0 ? "" : ` with the scope ${scopes.join(" ")}`;
  return `No URL would receive ${type}: subscribe a URL, and see that the app is installed${where}${needs}. Or name a url.`;
}
