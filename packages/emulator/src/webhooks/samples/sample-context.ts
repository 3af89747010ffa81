import type { EventKind } from "@ghlkit/contract/events";
import type { IdSource } from "../../ids/id-source.ts";
import type { Seed } from "../../seed/seed.ts";
import type { EventFields } from "../platform-event.ts";

/** What samples of events are made from. */
export interface EventSampleContext {
  readonly seed: Seed;
  readonly ids: IdSource;
  readonly now: string;
}

/** Makers of samples; the contract's types hold every field. */
export type EventSamples<K extends EventKind> = { readonly [Kind in K]: (context: EventSampleContext) => EventFields<Kind> };
