/** Something that goes wrong on purpose. */
export interface Fault {
  /** Id of an operation, such as `oauth.createToken`; `*` for every one. */
  readonly operation: string;
  /** `lost-answer`: the connection breaks without one. `error`: `status` and `body`. `latency`: it takes `delayMs` longer. */
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
  /** Of a `latency`, in real milliseconds. Default 100. */
  readonly delayMs?: number;
}

const faultKinds = ["lost-answer", "error", "latency"] as const;

export type FaultKind = (typeof faultKinds)[number];

/** @throws Error with one sentence about what is wrong. */
export function checkFault(fault: Fault): Fault {
  if (typeof fault.operation !== "string") throw new Error("A fault needs an operation: an id, or * for every one.");
  if (!faultKinds.includes(fault.kind)) throw new Error(`The kind of a fault is ${faultKinds.join(", ")}.`);
  const { times = 1, rate = 1, delayMs = 0, status = 503 } = fault;
  if (!Number.isInteger(times) || times < 1) throw new Error("times is a whole number from 1.");
  if (!(rate >= 0 && rate <= 1)) throw new Error("rate is a number from 0 to 1.");
  if (!(delayMs >= 0)) throw new Error("delayMs is a number of milliseconds.");
  if (!Number.isInteger(status) || status < 200 || status > 599) throw new Error("status is an HTTP status from 200 to 599.");
  return fault;
}
