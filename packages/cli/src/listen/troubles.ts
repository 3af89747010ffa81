import type { WebhookNotice } from "@ghlkit/webhooks";

/** What is wrong at the moment. */
export interface Troubles {
  readonly note: (notice: WebhookNotice) => void;
  /** The inbox works, and nothing that failed is still to be done. */
  readonly none: () => boolean;
}

export function createTroubles(): Troubles {
  const failed = new Set<string>();
  const failing = { inbox: false, worker: false };
  return {
    note: (notice) => {
      if (notice.type === "handler_failed" || notice.type === "dead") failed.add(notice.id);
      if (notice.type === "handled") failed.delete(notice.id);
      if (notice.type === "inbox_failed") failing.inbox = true;
      if (notice.type === "inbox_recovered") failing.inbox = false;
      if (notice.type === "worker_failed") failing.worker = true;
      if (notice.type === "worker_recovered") failing.worker = false;
    },
    none: () => failed.size === 0 && !failing.inbox && !failing.worker,
  };
}
