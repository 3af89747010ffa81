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

export type FaultKind = (typeof faultKinds)[number];

/** Kinds of which a request meets one at most: they are its answer. */
export function decidesAnswer({ kind }: Fault): boolean {
  return kind === "lost-answer" || kind === "connection-reset" || kind === "no-answer" || kind === "error";
}

/** @throws Error with one sentence about what is wrong. */
export function checkFault(fault: Fault): Fault {
  if (typeof fault.operation !== "string") throw new Error("A fault needs an operation: an id, or * for every one.");
  if (!faultKinds.includes(fault.kind)) throw new Error(`The kind of a fault is ${faultKinds.join(", ")}.`);
  const { times = 1, rate = 1, status = 503, share = 0.5, lagMs = 0, pieceBytes = 1, breakAfterBytes = 0 } = fault;
  if (!Number.isInteger(times) || times < 1) throw new Error("times is a whole number from 1.");
  if (!(rate >= 0 && rate <= 1)) throw new Error("rate is a number from 0 to 1.");
  if (!(share >= 0 && share <= 1)) throw new Error("share is a number from 0 to 1.");
  if (!(lagMs >= 0 && lagMs <= 600_000)) throw new Error("lagMs is a number of milliseconds, up to 600000.");
  if (!Number.isInteger(pieceBytes) || pieceBytes < 1) throw new Error("pieceBytes is a whole number from 1.");
  if (!Number.isInteger(breakAfterBytes) || breakAfterBytes < 0) throw new Error("breakAfterBytes is a whole number.");
  if (!Number.isInteger(status) || status < 200 || status > 599) throw new Error("status is an HTTP status from 200 to 599.");
  checkLatency(fault);
  return fault;
}
