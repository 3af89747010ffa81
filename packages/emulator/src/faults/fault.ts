import { checkNumbers } from "../bounds/check-value.ts";
import { checkLatency, type LatencyDistribution } from "./latency.ts";

/** Something that goes wrong on purpose. */
export interface Fault {
  /** Id of an operation, such as `oauth.createToken`; `*` for every one. */
  readonly operation: string;
  readonly kind: FaultKind;
  /** After how many requests it is over. Default: never. */
  readonly times?: number;
  /** Share of requests it meets, from 0 to 1. Default 1. */
  readonly rate?: number;
  /** The request takes effect first. Default `false`. */
  readonly afterEffect?: boolean;
  /** Of an `error`. Default 503. */
  readonly status?: number;
  /** Of an `error`. Default `{ statusCode, message }`. */
  readonly body?: unknown;
  /**
   * In real milliseconds. Of a `latency`, default 100: all of it (`fixed`), the least (`uniform`), the mean (`normal`) or the
   * median (`lognormal`). Of a `dripping-body`, default 100: between two pieces.
   */
  readonly delayMs?: number;
  /** Of a `latency`. Default `"fixed"`. */
  readonly distribution?: LatencyDistribution;
  /** Of a `uniform` latency: the most, default twice `delayMs`. */
  readonly maxDelayMs?: number;
  /** Of a `normal` latency: standard deviation in milliseconds, default a quarter of `delayMs`. Of a `lognormal` one: that of the logarithm, default 0.5. */
  readonly deviation?: number;
  /** Of a `dripping-body`: bytes in one piece. Default 16. */
  readonly pieceBytes?: number;
  /** Of a `dripping-body`: the connection breaks after so many bytes. Default: it does not. */
  readonly breakAfterBytes?: number;
  /**
   * Of a `replication-lag`, in emulated milliseconds, up to ten minutes. Default 3000. Of the operations `*` it meets lists and
   * searches; reads by id, and writes, are met when they are named. What was written before the fault was added is seen.
   */
  readonly lagMs?: number;
  /** Of a `replication-lag`: what is seen late, such as `contacts`. Default `"*"`. */
  readonly resource?: string;
  /** Of an `other-client`: its mean share of every window, from 0 to 1. Default 0.5. */
  readonly share?: number;
}

/** A fault as the list shows it. */
export interface ListedFault extends Fault {
  /** How many requests it has met; for an `other-client`, how many slots it has taken. */
  readonly hits: number;
}

/**
 * `lost-answer`: the connection ends without one. `connection-reset`: it is reset. `no-answer`: it stays open, and nothing
 * comes. `error`: `status` and `body`. `latency`: it takes longer. `dripping-body`: the body comes in small pieces.
 * `replication-lag`: reads do not see what was written just now. `other-client`: someone else spends from the same bucket.
 */
const faultKinds = [
  "lost-answer",
  "connection-reset",
  "no-answer",
  "error",
  "latency",
  "dripping-body",
  "replication-lag",
  "other-client",
] as const;

/** What can go wrong with a request. */
export type FaultKind = (typeof faultKinds)[number];

/** Kinds of which a request meets one at most: they are its answer. */
export function decidesAnswer({ kind }: Fault): boolean {
  return kind === "lost-answer" || kind === "connection-reset" || kind === "no-answer" || kind === "error";
}

/** @throws Error with one sentence about what is wrong. */
export function checkFault(fault: Fault): Fault {
  if (typeof fault.operation !== "string") throw new Error("A fault needs an operation: an id, or * for every one.");
  if (!faultKinds.includes(fault.kind)) throw new Error(`The kind of a fault is ${faultKinds.join(", ")}.`);
  checkNumbers(fault, ranges);
  checkLatency(fault);
  return fault;
}

const ranges = {
  times: { from: 1, to: 1_000_000_000, whole: true },
  rate: { from: 0, to: 1 },
  share: { from: 0, to: 1 },
  lagMs: { from: 0, to: 600_000 },
  pieceBytes: { from: 1, to: 1_000_000_000, whole: true },
  breakAfterBytes: { from: 0, to: 1_000_000_000, whole: true },
  status: { from: 200, to: 599, whole: true },
} as const;
