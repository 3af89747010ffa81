import type { Hono } from "hono";
import { createTokenRegistry } from "./auth/token-registry.ts";
import { createEmulatorClock, type EmulatorClock } from "./clock/emulator-clock.ts";
import { createConsentRoutes, isConsent } from "./consent/consent-routes.ts";
import { portalPage } from "./consent/portal-page.ts";
import { packagedContract } from "./contract/contract-source.ts";
import { controlPath, createControlPlane } from "./control/control-plane.ts";
import { createJournal, type JournalEntry } from "./control/journal.ts";
import { createWebhookKeys } from "./control/webhook-keys.ts";
import { customPage } from "./custom-page/custom-page.ts";
import { userContext, type UserContextOptions } from "./custom-page/user-context.ts";
import { resolveOptions, type EmulatorOptions } from "./emulator-options.ts";
import { createFaultList, type FaultControls } from "./faults/fault-list.ts";
import { brokenConnection, LostAnswer } from "./faults/lost-answer.ts";
import { createIdSource } from "./ids/id-source.ts";
import { createLifecycle, type LifecycleEvent } from "./oauth/lifecycle.ts";
import { createOAuthControls, type OAuthControls } from "./oauth/oauth-controls.ts";
import { createOAuthState } from "./oauth/oauth-state.ts";
import { createRateLimiter } from "./rate/rate-limiter.ts";
import { createRouteTable } from "./routing/route.ts";
import { planSeed } from "./seed/plan-seed.ts";
import type { Seed } from "./seed/seed.ts";
import { sowApp } from "./seed/sow-app.ts";
import { sowState } from "./seed/sow-state.ts";
import { sowTokens } from "./seed/sow-tokens.ts";
import { createAnswerer } from "./server/answerer.ts";
import { journalObserver } from "./server/journal-observer.ts";
import type { Platform } from "./server/platform.ts";
import { serve, type Listening, type ListenOptions } from "./server/serve.ts";
import { toResponse } from "./server/wire-answer.ts";
import { handlers } from "./services/handlers.ts";
import { createChangeLog } from "./state/change-log.ts";
import { createState } from "./state/state.ts";
import type { World } from "./state/world.ts";
import { sendScheduled } from "./services/conversations/send-scheduled.ts";
import { watchState } from "./webhooks/changes/watch-state.ts";
import { createWebhooks } from "./webhooks/create-webhooks.ts";
import type { WebhookControls } from "./webhooks/webhook-controls.ts";

/** What can be done to an emulator from outside the platform it plays. */
export interface EmulatorControls {
  /** Ids and tokens that are there from the start. */
  readonly seed: Seed;
  /** The platform's time. */
  readonly clock: EmulatorClock;
  /** Back to the seed: state, tokens, rate buckets, clock, journal. */
  readonly reset: () => void;
  /** The last requests, oldest first, secrets replaced. */
  readonly requests: (limit?: number) => readonly JournalEntry[];
  /** Consent, tokens and installations. */
  readonly oauth: OAuthControls;
  /** What happened to the app's installations since the start, oldest first. */
  readonly lifecycleEvents: () => readonly LifecycleEvent[];
  /**
   * What a custom page is handed for `REQUEST_USER_DATA`: encrypted under the app's shared secret.
   * @throws Error when there is no such user.
   */
  readonly userContext: (options?: UserContextOptions) => string;
  /** What goes wrong on purpose. */
  readonly faults: FaultControls;
  /** Webhooks: who gets them, what was sent, what goes wrong. */
  readonly webhooks: WebhookControls;
  /** Public keys of the emulator's webhooks, as PEM; made when first asked for. */
  readonly webhookPublicKeys: () => Promise<{ readonly ed25519: string; readonly rsa: string }>;
}

/** A local HighLevel. */
export interface Emulator extends EmulatorControls {
  /** Answers as `fetch` does, with no socket: any host will do. `/_emulator/…` is the control plane. */
  readonly fetch: (input: Request | string | URL, init?: RequestInit) => Promise<Response>;
  /** Answers on a socket. */
  readonly listen: (options?: ListenOptions) => Promise<Listening>;
}

/** Builds an emulator. Nothing is loaded from the contract's documents before a request needs it. */
export function createEmulator(options: EmulatorOptions = {}): Emulator {
  const resolved = resolveOptions(options);
  const contract = options.contract ?? packagedContract;
  const clock = createEmulatorClock(options.clock);
  const seed = planSeed(resolved.seed);
  const routes = createRouteTable(contract, handlers);
  const tokens = createTokenRegistry();
  const journal = createJournal(resolved.journalSize);
  const faults = createFaultList(resolved.seed);
  const limiter = createRateLimiter(resolved, faults);
  const lifecycle = createLifecycle();
  const changes = createChangeLog(clock, () => faults.standing("replication-lag").length > 0);
  const allScopes = (): readonly string[] => [...new Set(routes.routes.flatMap(({ operation }) => operation.scopes ?? []))];
  const sow = (): World => {
    const state = createState();
    sowState(seed, state, resolved, new Date(clock.now()).toISOString());
    tokens.clear();
    sowTokens(seed, tokens, allScopes);
    const oauth = createOAuthState(resolved, seed.app, lifecycle, allScopes);
    const ids = createIdSource(`${resolved.seed}/records`);
    const world: World = { state, ids, tokens, oauth, clock, options: resolved, seed };
    sowApp(world);
    changes.follow(state);
    sendScheduled(state, clock);
    watchState(state, { isHeard: () => webhooks.isHeard(), publish: (events) => webhooks.publish(events) });
    return world;
  };
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
      platform.world = sow();
    },
    requests: (limit) => journal.entries(limit),
    oauth: createOAuthControls(() => platform.world),
    lifecycleEvents: () => lifecycle.events(),
    userContext: (contextOptions) => userContext(platform.world, contextOptions),
    faults,
    webhooks,
    async webhookPublicKeys() {
      return { ed25519: keys.ed25519().publicPem, rsa: (await keys.rsa()).publicPem };
    },
  };
  const controlPlane = createControlPlane(controls);
  controlPlane.get("/portal", ({ req }) => portalPage(platform.world, req.query("redirect_uri")));
  controlPlane.get("/custom-page", ({ req }) => customPage(platform.world, new URL(req.url).searchParams));
  const consent = createConsentRoutes(() => platform.world);
  /** Pages and controls, which are not part of the API. */
  const aside = (url: string): Hono | undefined => (isControl(url) ? controlPlane : isConsent(url) ? consent : undefined);
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
