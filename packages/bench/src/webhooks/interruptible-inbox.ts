import type { Inbox } from "@ghlkit/storage";

/** An inbox whose store can be taken away. */
export interface Interruptible<Transaction = unknown> extends Inbox<Transaction> {
  readonly setDown: (isDown: boolean) => void;
}

/** The inbox behind a switch: while it is down every call rejects. */
export function outageOf<Transaction>(inbox: Inbox<Transaction>): Interruptible<Transaction> {
  let down = false;
  const check = async (): Promise<void> => {
    if (down) throw new Error("the store is down");
  };
  return {
    ...inbox,
    setDown: (isDown) => void (down = isDown),
    insert: async (delivery) => check().then(() => inbox.insert(delivery)),
    claim: async (options) => check().then(() => inbox.claim(options)),
    renew: async (claimed, options) => check().then(() => inbox.renew(claimed, options)),
    complete: async (...args) => check().then(() => inbox.complete(...args)),
    fail: async (...args) => check().then(() => inbox.fail(...args)),
    beat: async (options) => check().then(() => inbox.beat(options)),
  };
}
