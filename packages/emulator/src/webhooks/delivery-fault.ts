import { BoundsError, checkNumbers } from "../bounds/check-value.ts";

/**
 * Something that goes wrong with events on purpose. `drop`: never sent. `duplicate`: sent again, with the same bytes.
 * `delay`: sent later. `reorder`: sent after later ones to the same URL. `missing-webhook-id`, `missing-type`: the body
 * lacks the field. `redundant-pair`: a second event reports the same change, see `redundantPairs`.
 */
export interface DeliveryFault {
  /** Type or kind of event; `*` for every one. */
  readonly type: string;
  readonly kind: DeliveryFaultKind;
  /** After how many events it is over. Default: never. */
  readonly times?: number;
  /** Share of events it meets, from 0 to 1. Default 1. */
  readonly rate?: number;
  /** Emulated milliseconds: of a `delay`, default 60 000; after which a `duplicate` follows, default 0. */
  readonly delayMs?: number;
  /** With `delayMs` the lower bound, the upper one: seeded, uniform between the two. */
  readonly maxDelayMs?: number;
  /** Of a `duplicate`: how many more. Default 1. */
  readonly copies?: number;
  /** Of a `reorder`: how many later events overtake it. Default 1; it goes after `delayMs` (default 60 000) at the latest. */
  readonly overtakenBy?: number;
}

export const deliveryFaultKinds = [
  "drop",
  "duplicate",
  "delay",
  "reorder",
  "missing-webhook-id",
  "missing-type",
  "redundant-pair",
] as const;

/** What can go wrong with the delivery of a webhook. */
export type DeliveryFaultKind = (typeof deliveryFaultKinds)[number];

/** A fault as the list shows it. */
export interface ListedDeliveryFault extends DeliveryFault {
  /** How many events it has met. */
  readonly hits: number;
}

/** What goes wrong with deliveries. */
export interface DeliveryFaultControls {
  /** @throws Error when the fault makes no sense. */
  readonly add: (fault: DeliveryFault) => void;
  /** With hit counts; those that are used up stay until cleared. */
  readonly list: () => readonly ListedDeliveryFault[];
  readonly clear: () => void;
}

/** @throws Error with one sentence about what is wrong. */
export function checkDeliveryFault(fault: DeliveryFault): DeliveryFault {
  if (typeof fault.type !== "string") throw new Error("A fault of deliveries needs a type: of an event, or * for every one.");
  if (!deliveryFaultKinds.includes(fault.kind)) throw new Error(`The kind of a fault of deliveries is ${deliveryFaultKinds.join(", ")}.`);
  checkNumbers(fault, ranges);
  const { delayMs = 0, maxDelayMs = delayMs } = fault;
  if (maxDelayMs < delayMs) throw new BoundsError("maxDelayMs is not below delayMs.");
  return fault;
}

const monthMs = 31 * 86_400_000;
const ranges = {
  times: { from: 1, to: 1_000_000_000, whole: true },
  rate: { from: 0, to: 1 },
  delayMs: { from: 0, to: monthMs },
  maxDelayMs: { from: 0, to: monthMs },
  copies: { from: 1, to: 100, whole: true },
  overtakenBy: { from: 1, to: 100_000, whole: true },
} as const;
