/** What became of a message. */
export type SendResult =
  /** `how`: `now`, `before` (an earlier call with the key sent it), `found` (its answer was lost, and the thread shows it). Sent is not delivered: see `delivery`. */
  | {
      readonly outcome: "sent";
      readonly how: "now" | "before" | "found";
      readonly messageId: string;
      readonly conversationId: string | undefined;
    }
  /** The contact does not want messages on this channel. A later call with the key tries again. */
  | { readonly outcome: "opted_out"; readonly reason: "dnd" | "unsubscribed" }
  /** The contact cannot be reached on the channel. `why` is the platform's code, without its prefix, in lower case. */
  | { readonly outcome: "unreachable"; readonly why: "no_phone" | "no_email" | "invalid_email" | "invalid_phone" }
  /** It is not known whether it was sent. Call again with the key after that time: the thread is looked at again. */
  | { readonly outcome: "unknown"; readonly probeAfterMs: number };
