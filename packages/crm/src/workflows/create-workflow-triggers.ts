import { isGhlError, type Clock, type FetchLike, type GhlError } from "@ghlkit/core";
import { once } from "@ghlkit/resilience";
import type { Journal } from "@ghlkit/storage";
import { refusedRequest } from "../run/refused-request.ts";
import { checkSecret, type CallbackSecret } from "../callbacks/callback-secret.ts";
import { isPlatformUrl, postWithToken, type AccessTokenOf } from "./post-with-token.ts";
import { readCallback, refuse } from "../callbacks/read-callback.ts";
import type { TriggerStore, TriggerSubscription } from "./trigger-subscription.ts";
import { checkKey } from "../run/check-key.ts";

/** Options of {@link createWorkflowTriggers}. */
export interface WorkflowTriggersOptions {
  /** The header that HighLevel's calls carry, as set up beside the URL. */
  readonly secret: CallbackSecret;
  /** Where subscriptions are kept: a table of the application. */
  readonly store: TriggerStore;
  /** `storage.journal` of any engine: an event goes to each workflow once. */
  readonly journal: Journal;
  /** The access token of a location, of the app that the trigger belongs to; its scope is `workflows.readonly`. */
  readonly accessToken: AccessTokenOf;
  /** @default 1,048,576 */
  readonly maxBodyBytes?: number;
  /** @default the global fetch */
  readonly fetch?: FetchLike;
  /** @default the machine's clock */
  readonly clock?: Clock;
}

/** Something that happened, for the workflows of a location. */
export interface TriggerEvent {
  /** Key of the trigger, as the marketplace knows it. */
  readonly trigger: string;
  readonly locationId: string;
  /** Names what happened, e.g. `order:4711:paid`: each workflow starts once for it. At most 200 characters. */
  readonly key: string;
  /** As the sample of the trigger in the marketplace. */
  readonly payload: Readonly<Record<string, unknown>>;
}

/** What became of an event in one workflow. */
export type FiredTrigger =
  | { readonly subscription: TriggerSubscription; readonly outcome: "fired"; readonly how: "now" | "before" }
  /** It is not known whether it arrived; it is not sent again under this key. */
  | { readonly subscription: TriggerSubscription; readonly outcome: "unknown" }
  | { readonly subscription: TriggerSubscription; readonly outcome: "refused"; readonly error: GhlError };

/** The workflow triggers of a marketplace app. */
export interface WorkflowTriggers {
  /** Answers the subscription URL: keeps, replaces or removes a subscription before it answers. */
  (request: Request): Promise<Response>;
  /**
   * Starts every workflow of the location that is subscribed to the trigger. May be called again with the key after an outage: what was fired is not fired again.
   * @throws GhlError for outages and authorisation.
   */
  readonly fire: (event: TriggerEvent) => Promise<readonly FiredTrigger[]>;
}

/** Makes the triggers that a marketplace app offers to workflows. @throws GhlError `invalid_request` for a secret that could be guessed. */
export function createWorkflowTriggers(options: WorkflowTriggersOptions): WorkflowTriggers {
  checkSecret("createWorkflowTriggers", options.secret);
  const { secret, store, maxBodyBytes = 1_048_576 } = options;
  const receive = async (request: Request): Promise<Response> => {
    const read = await readCallback(request, secret, maxBodyBytes);
    if ("refusal" in read) return read.refusal;
    const change = subscriptionChange(read.body);
    if (change === undefined)
      return refuse(400, "The body names no trigger, location or event type, or a target that is no URL of HighLevel.").refusal;
    if (change.isGone) await store.delete(change.subscription.id);
    else await store.put(change.subscription);
    return Response.json({ success: true });
  };
  return Object.assign(receive, {
    fire: async (event: TriggerEvent) => {
      checkKey("fire", event.key);
      const fired: FiredTrigger[] = [];
      const subscriptions = await store.list({ locationId: event.locationId, key: event.trigger });
      for (const subscription of subscriptions) fired.push(await fireOne(event, subscription, options));
      return fired;
    },
  });
}

async function fireOne(event: TriggerEvent, subscription: TriggerSubscription, options: WorkflowTriggersOptions): Promise<FiredTrigger> {
  const key = `workflow-trigger:${subscription.id}:${event.key}`;
  const clock = options.clock === undefined ? {} : { clock: options.clock };
  const write = async (): Promise<string> => {
    await postWithToken(subscription.targetUrl, event.locationId, event.payload, options);
    return "fired";
  };
  try {
    const { done } = await once(key, write, { journal: options.journal, leaseMs: 30_000, ...clock });
    return { subscription, outcome: "fired", how: done === "now" ? "now" : "before" };
  } catch (error) {
    if (isGhlError(error, "outcome_unknown") || isGhlError(error, "in_progress")) return { subscription, outcome: "unknown" };
    if (isGhlError(error) && refusedRequest.has(error.code)) return { subscription, outcome: "refused", error };
    throw error;
  }
}

function subscriptionChange(
  body: Readonly<Record<string, unknown>>,
): { readonly subscription: TriggerSubscription; readonly isGone: boolean } | undefined {
  const { id, key, filters, eventType, targetUrl, version } = recordOf(body["triggerData"]);
  const { locationId, workflowId } = recordOf(body["extras"]);
  const texts = [id, key, eventType, locationId, workflowId];
  if (!texts.every((text) => typeof text === "string" && text !== "")) return undefined;
  const change = String(eventType).toUpperCase();
  // What is not known must not be taken for a subscription.
  if (!["CREATED", "UPDATED", "DELETED"].includes(change)) return undefined;
  const isGone = change === "DELETED";
  // A token goes there: a subscription that names another host is none.
  if (!isGone && !(typeof targetUrl === "string" && isPlatformUrl(targetUrl))) return undefined;
  const subscription: TriggerSubscription = {
    id: String(id),
    key: String(key),
    locationId: String(locationId),
    workflowId: String(workflowId),
    targetUrl: typeof targetUrl === "string" ? targetUrl : "",
    version: typeof version === "string" ? version : undefined,
    filters: Array.isArray(filters) ? (filters as readonly Readonly<Record<string, unknown>>[]) : [],
  };
  return { subscription, isGone };
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
