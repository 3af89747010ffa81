import type { NoticeListener, WebhookNotice } from "./webhook-notice.ts";

/**
 * A listener that cannot do harm: what hears of a delivery must not decide what becomes of it. One that throws or rejects is told
 * on the console, once.
 */
export function safeListener(emit: NoticeListener | undefined): NoticeListener {
  if (emit === undefined) return () => {};
  let isTold = false;
  const complain = (error: unknown): void => {
    if (!isTold) console.error("@ghlkit/webhooks: emit failed, and is called again with the next notice.", error);
    isTold = true;
  };
  const listen: (notice: WebhookNotice) => unknown = emit;
  return (notice) => {
    try {
      const result = listen(notice);
      if (result instanceof Promise) result.catch(complain);
    } catch (error) {
      complain(error);
    }
  };
}
