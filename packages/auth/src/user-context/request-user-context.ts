import { abortedError, ghlError, onAbort } from "@ghlkit/core";

/** Options of {@link requestUserContext}. */
export interface RequestUserContextOptions {
  /**
   * Whose frame the page may stand in: origins such as `https://app.agency.example`, or a judge of them where white-label
   * agencies have domains of their own. `"any"` lets every site that frames the page choose who the person seems to be.
   */
  readonly parentOrigins: readonly string[] | ((origin: string) => boolean) | "any";
  /**
   * Ms to wait for the answer.
   * @default 10_000
   */
  readonly timeoutMs?: number;
  /**
   * Ms after which the parent is asked again: it may not listen yet.
   * @default 500
   */
  readonly askAgainMs?: number;
  /** Ends the wait for the answer. */
  readonly signal?: AbortSignal;
}

/**
 * Asks the parent of a custom page who is looking. Resolves to the encrypted payload: send it to your backend and open it
 * there with `decryptUserContext`; the page has no secret to open it with. Answers of other windows and origins are ignored.
 * @throws GhlError `invalid_request` when the page is not framed; `timeout` when the parent does not answer; `aborted`.
 */
export function requestUserContext(options: RequestUserContextOptions): Promise<string> {
  const { parentOrigins, timeoutMs = 10_000, askAgainMs = 500, signal } = options;
  const { parent } = window;
  if (parent === window) {
    const message = "requestUserContext: this page is not in a frame. Open it as a custom page of the app.";
    return Promise.reject(ghlError("invalid_request", message, {}));
  }
  if (signal?.aborted === true) return Promise.reject(abortedError(signal));
  return new Promise((resolve, reject) => {
    const receive = ({ source, origin, data }: MessageEvent<unknown>): void => {
      const payload = source === parent && isAllowed(parentOrigins, origin) ? payloadOf(data) : undefined;
      if (payload !== undefined) end(() => resolve(payload));
    };
    // The question holds nothing secret: any page that frames this one may read it.
    const ask = (): void => parent.postMessage({ message: "REQUEST_USER_DATA" }, "*");
    const repeat = setInterval(ask, askAgainMs);
    const timer = setTimeout(() => {
      const message = `requestUserContext: the parent did not answer within ${timeoutMs} ms. Is its origin among parentOrigins?`;
      end(() => reject(ghlError("timeout", message, { timeoutMs, scope: "total", sent: true })));
    }, timeoutMs);
    const unbind = signal === undefined ? undefined : onAbort(signal, () => end(() => reject(abortedError(signal))));
    function end(settle: () => void): void {
      window.removeEventListener("message", receive);
      clearInterval(repeat);
      clearTimeout(timer);
      unbind?.();
      settle();
    }
    window.addEventListener("message", receive);
    ask();
  });
}

function isAllowed(allowed: RequestUserContextOptions["parentOrigins"], origin: string): boolean {
  if (allowed === "any") return true;
  return typeof allowed === "function" ? allowed(origin) : allowed.includes(origin);
}

function payloadOf(data: unknown): string | undefined {
  if (typeof data !== "object" || data === null) return undefined;
  const { message, payload } = data as { readonly message?: unknown; readonly payload?: unknown };
  return message === "REQUEST_USER_DATA_RESPONSE" && typeof payload === "string" && payload !== "" ? payload : undefined;
}
