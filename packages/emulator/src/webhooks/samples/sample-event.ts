import type { EventKind } from "@ghlkit/contract/events";
import type { IdSource } from "../../ids/id-source.ts";
import type { World } from "../../world.ts";
import { eventNamed } from "../event-kind.ts";
import type { PlatformEvent } from "../platform-event.ts";
import type { EventOverrides } from "../webhook-controls.ts";
import { accountSamples } from "./account-samples.ts";
import { appSamples } from "./app-samples.ts";
import { commerceSamples } from "./commerce-samples.ts";
import { contactSamples } from "./contact-samples.ts";
import { conversationSamples } from "./conversation-samples.ts";
import { objectSamples } from "./object-samples.ts";
import { salesSamples } from "./sales-samples.ts";
import type { EventSamples } from "./sample-context.ts";

/** A maker for every kind: the compiler says which one is missing. */
const samples: EventSamples<EventKind> = {
  ...appSamples,
  ...contactSamples,
  ...salesSamples,
  ...conversationSamples,
  ...commerceSamples,
  ...objectSamples,
  ...accountSamples,
};

/** An event made up, about the seeded location unless the overrides name another. @throws Error for unknown events. */
export function sampleEvent(name: string, world: World, ids: IdSource, overrides: EventOverrides = {}): PlatformEvent {
  const { kind } = eventNamed(name);
  const { seed, state, clock } = world;
  const fields = samples[kind]({ seed, ids, now: new Date(clock.now()).toISOString() });
  // A new location cannot have the app yet: its company receives it.
  const location = kind === "LocationCreate" ? undefined : textOf(overrides, "locationId", seed.locationId);
  const company = textOf(overrides, "companyId", state.locations.get(location ?? "")?.companyId ?? seed.companyId);
  return {
    kind,
    ...(location !== undefined && { locationId: location }),
    ...(company !== undefined && { companyId: company }),
    fields: fields as Readonly<Record<string, unknown>>,
    overrides,
  };
}

/** What stands in the overrides, also when that is nothing. */
function textOf(overrides: EventOverrides, name: string, fallback: string): string | undefined {
  if (!(name in overrides)) return fallback;
  const value = overrides[name];
  return typeof value === "string" ? value : undefined;
}
