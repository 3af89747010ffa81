import type { CallContext } from "../call-context.ts";
import type { ErrorOrigin } from "../ghl-error.ts";
import type { WireHeaders } from "../wire-response.ts";
import type { PlatformError } from "./platform-error.ts";

/** An answer that failed, with everything its error is made of. */
export interface FailedAnswer {
  readonly status: number;
  readonly headers: WireHeaders;
  readonly platform: PlatformError;
  /** The platform's words, joined. */
  readonly words: string;
  /** The body is a page of HTML: the platform answers JSON, what stands in front of it may not. */
  readonly isPage: boolean;
  /** Operation, status and words: the start of every message. */
  readonly what: string;
  readonly context: CallContext;
  readonly origin: ErrorOrigin;
}
