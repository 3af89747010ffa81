/**
 * `waiting`: for its first attempt or the next one. `in-flight`: on its way. `delivered`: answered with 2xx.
 * `failed`: given up. `dropped`: not sent at all, by a fault or because the circuit breaker has paused the URL.
 */
export type DeliveryState = (typeof deliveryStates)[number];

export const deliveryStates = ["waiting", "in-flight", "delivered", "failed", "dropped"] as const;

/** One try to deliver. */
export interface DeliveryAttempt {
  /** From 1; `"-"` for a manual resend, as the platform's log shows it. */
  readonly number: number | "-";
  /** When it was sent, emulated. */
  readonly at: string;
  /** Absent when no answer came. */
  readonly status?: number;
  /** Why there was no answer. */
  readonly error?: string;
  /** Real milliseconds until the answer. */
  readonly tookMs: number;
}

/** One event on its way to one URL. */
export interface Delivery {
  readonly id: string;
  /** Absent when a fault took it away. */
  readonly webhookId?: string;
  /** `type` as the event has it; for events without one, the name of the event. */
  readonly type: string;
  readonly appId: string;
  readonly url: string;
  readonly locationId?: string;
  readonly companyId?: string;
  readonly state: DeliveryState;
  readonly createdAt: string;
  /** Of a waiting one. */
  readonly nextAttemptAt?: string;
  readonly attempts: readonly DeliveryAttempt[];
  /** Kinds of the faults that it met; `paused` where the circuit breaker kept it back. */
  readonly faults: readonly string[];
  /** Id of the delivery that this one repeats. */
  readonly duplicateOf?: string;
  /** The bytes as sent. */
  readonly body: string;
}

/** Which deliveries to show. */
export interface DeliveryFilter {
  readonly type?: string;
  readonly state?: DeliveryState;
  readonly locationId?: string;
  readonly url?: string;
  /** The latest ones. */
  readonly limit?: number;
}
