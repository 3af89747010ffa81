import type { WebhookEvent } from "../events/webhook-event.ts";
import type { Rejection } from "../verify/rejection.ts";

/** What a source makes of a delivery. An object, so that a forgotten `await` does not compile. */
export type Verdict = { readonly valid: true; readonly event: WebhookEvent } | Rejection;
