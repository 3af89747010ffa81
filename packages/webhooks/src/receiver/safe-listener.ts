import { failureText } from "../worker/failure-text.ts";
import type { NoticeListener, WebhookNotice } from "./webhook-notice.ts";

/**
 * A listener that cannot do harm: what it throws or rejects with, whatever that is, is printed on the console, once, and the delivery
 * goes its way.
 */
export function safeListener(emit: NoticeListener | undefined): NoticeListener {
  if (emit === undefined) return () => {};
  let isReported = false;
  const complain = (error: unknown): void => {
    if (!isReported) console.error(`@ghlkit/webhooks: emit failed, and is called again with the next notice. ${failureText(error)}`);
    isReported = true;
  };
  const listen: (notice: WebhookNotice) => unknown = emit;
  return (notice) => {
    try {
      // Whatever it returns: a promise, another thenable, or nothing.
      void Promise.resolve(listen(notice)).then(undefined, complain);
    } catch (error) {
      complain(error);
    }
  };
}
