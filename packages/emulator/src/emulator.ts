import type { Hono } from "hono";
import { createAct } from "./act/act.ts";
import { createTokenRegistry } from "./auth/token-registry.ts";
import { createEmulatorClock } from "./clock/emulator-clock.ts";
import { createCheckoutRoutes, isCheckout } from "./checkout/checkout-routes.ts";
import { createConsentRoutes, isConsent } from "./consent/consent-routes.ts";
import { portalPage } from "./consent/portal-page.ts";
import { packagedContract } from "./contract/contract-source.ts";
import { controlPath, createControlPlane } from "./control/control-plane.ts";
import { createJournal } from "./pipeline/journal.ts";
import { createWebhookKeys } from "./webhooks/webhook-keys.ts";
import { customPage } from "./custom-page/custom-page.ts";
import { userContext } from "./custom-page/user-context.ts";
import type { EmulatorControls } from "./emulator-controls.ts";
import { resolveOptions, type EmulatorOptions } from "./emulator-options.ts";
import { createFaultList } from "./faults/fault-list.ts";
import { brokenConnection, LostAnswer } from "./http/lost-answer.ts";
import { createIdSource } from "./ids/id-source.ts";
import { createLifecycle } from "./oauth/lifecycle.ts";
import { createOAuthControls } from "./oauth/oauth-controls.ts";
import { createOAuthState } from "./oauth/oauth-state.ts";
import { createRateLimiter } from "./rate/rate-limiter.ts";
import { createRouteTable } from "./routing/route.ts";
import { createPhoneRoutes } from "./phone/phone-routes.ts";
import { planSeed } from "./seed/plan-seed.ts";
import { sowApp } from "./seed/sow-app.ts";
import { sowTokens } from "./seed/sow-tokens.ts";
import { createAnswerer } from "./pipeline/answerer.ts";
import { journalObserver } from "./pipeline/journal-observer.ts";
import type { Platform } from "./pipeline/platform.ts";
import { serve, type Listening, type ListenOptions } from "./server/serve.ts";
import { toResponse } from "./pipeline/wire-answer.ts";
import { followParents } from "./services/follow-parents.ts";
import { seedState } from "./services/seed-state.ts";
import { isStored, serveFile } from "./services/storage.ts";
import { answering, services, statedEvidence } from "./services/services.ts";
import { watchChanges } from "./services/watch-changes.ts";
import { createChangeLog } from "./state/change-log.ts";
import { stateOf, takeSnapshot } from "./state/snapshot.ts";
import { createState, type State } from "./state/state.ts";
import { createSwitchControls } from "./switches/switch-controls.ts";
import { settleDuplicates } from "./switches/settle-duplicates.ts";
import type { World } from "./world.ts";
import { createWebhooks } from "./webhooks/create-webhooks.ts";

/** A local HighLevel. */
export interface Emulator extends EmulatorControls {
  /** Answers as `fetch` does, with no socket: any host will do. `/_emulator/…` is the control plane. */
  readonly fetch: (input: Request | string | URL, init?: RequestInit) => Promise<Response>;
  /** Answers on a socket. */
  readonly listen: (options?: ListenOptions) => Promise<Listening>;
}

/** Builds an emulator. Nothing is loaded from the contract's documents before a request needs it. */
export function createEmulator(options: EmulatorOptions = {}): Emulator {
  const initial = resolveOptions(options);
  // The parts of an emulator share this object: a switch that is set counts from the next request on.
  const resolved = { ...initial };
  const contract = options.contract ?? packagedContract;
  const clock = createEmulatorClock(options.clock);
  const seed = planSeed(resolved.seed);
  const routes = createRouteTable(contract, answering, statedEvidence);
  const tokens = createTokenRegistry();
  const journal = createJournal(resolved.journalSize);
  const faults = createFaultList(resolved.seed);
  const limiter = createRateLimiter(resolved, faults);
  const lifecycle = createLifecycle();
  const changes = createChangeLog(clock, () => resolved.contactIndex === "lagging" || faults.standing("replication-lag").length > 0);
  const allScopes = (): readonly string[] => [...new Set(routes.routes.flatMap(({ operation }) => operation.scopes ?? []))];
  const sow = (): World => {
    const state = createState();
    seedState(seed, state, resolved, new Date(clock.now()).toISOString());
    tokens.clear();
    sowTokens(seed, tokens, allScopes);
    const oauth = createOAuthState(resolved, seed.app, lifecycle, allScopes);
    const ids = createIdSource(`${resolved.seed}/records`);
    const world: World = { state, ids, tokens, oauth, clock, options: resolved, seed };
    sowApp(world);
    watch(state);
    return world;
  };
  /** What follows from changes of a state, from now on. */
  function watch(state: State): void {
    changes.follow(state);
    followParents(state);
    for (const { timers } of services)
      timers?.(
        state,
        clock,
        () => resolved,
        () => platform.world,
      );
    watchChanges(state, {
      isSubscribed: () => webhooks.isSubscribed(),
      publish: (events) => webhooks.publish(events),
      switches: () => resolved,
    });
  }
  const platform: Platform = { options: resolved, contract, routes, tokens, limiter, faults, changes, world: sow() };
  const keys = createWebhookKeys(resolved.seed);
  const webhooks = createWebhooks({
    options: resolved.webhooks,
    seed: resolved.seed,
    clock,
    keys,
    lifecycle,
    world: () => platform.world,
    appId: seed.app.id,
  });
  const controls: EmulatorControls = {
    seed,
    clock,
    reset() {
      clock.reset();
      webhooks.reset();
      limiter.reset();
      journal.clear();
      lifecycle.clear();
      faults.clear();
      Object.assign(resolved, initial);
      routes.forgetRules();
      platform.world = sow();
    },
    snapshot: () => takeSnapshot(platform.world.state),
    restore(snapshot) {
      const state = stateOf(snapshot);
      watch(state);
      platform.world = { ...platform.world, state };
    },
    requests: (limit) => journal.entries(limit),
    oauth: createOAuthControls(() => platform.world),
    lifecycleEvents: () => lifecycle.events(),
    userContext: (contextOptions) => userContext(platform.world, contextOptions),
    act: createAct(() => platform.world),
    switches: createSwitchControls({
      current: () => resolved,
      change(values) {
        const { calendars, commerce, ...own } = values;
        Object.assign(resolved, own, {
          calendars: { ...resolved.calendars, ...calendars },
          commerce: { ...resolved.commerce, ...commerce },
        });
        routes.forgetRules();
        settleDuplicates(platform.world, values);
      },
    }),
    faults,
    webhooks,
    async webhookPublicKeys() {
      return { ed25519: keys.ed25519().publicPem, rsa: (await keys.rsa()).publicPem };
    },
  };
  const controlPlane = createControlPlane(controls);
  controlPlane.route(
    "/phone",
    createPhoneRoutes(() => platform.world, controls.act),
  );
  controlPlane.get("/portal", ({ req }) => portalPage(platform.world, req.query("redirect_uri")));
  controlPlane.get("/custom-page", ({ req }) => customPage(platform.world, new URL(req.url).searchParams));
  const consent = createConsentRoutes(() => platform.world);
  const checkout = createCheckoutRoutes(() => platform.world);
  /** Pages and controls, which are not part of the API. */
  const storage = { fetch: (request: Request): Response => serveFile(platform.world.state, request) };
  const aside = (url: string): Pick<Hono, "fetch"> | undefined =>
    isControl(url) ? controlPlane : isConsent(url) ? consent : isCheckout(url) ? checkout : isStored(url) ? storage : undefined;
  const answer = createAnswerer(platform, [journalObserver(journal)]);
  return {
    ...controls,
    async fetch(input, init) {
      const request = input instanceof Request && init === undefined ? input : new Request(input, init);
      request.signal.throwIfAborted();
      const besides = aside(request.url);
      if (besides !== undefined) return besides.fetch(request);
      const answered = await answer(request).catch((error: unknown) => {
        throw error instanceof LostAnswer ? brokenConnection(error) : error;
      });
      request.signal.throwIfAborted();
      return toResponse(answered);
    },
    listen: (listenOptions) =>
      serve(
        (request) => aside(request.url)?.fetch(request) ?? answer(request),
        (path) => path.includes(controlPath),
        listenOptions,
      ),
  };
}

function isControl(url: string): boolean {
  return url.startsWith(controlPath, url.indexOf("/", url.indexOf("//") + 2));
}
