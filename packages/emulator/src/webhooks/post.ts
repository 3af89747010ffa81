import type { SchedulingClock } from "../clock/emulator-clock.ts";
import type { Deliver } from "./webhook-options.ts";

/** How an attempt ended. */
export interface Posted {
  readonly status?: number;
  readonly error?: string;
}

/** What an attempt needs. */
export interface PostOptions {
  readonly deliver: Deliver;
  readonly clock: SchedulingClock;
  readonly timeoutMs: number;
  /** Everything under way, by what ends it at once. */
  readonly underWay: Set<() => void>;
}

/** Posts bytes and waits for the status, as long as the timeout allows on the emulated clock. Never rejects. */
export async function post(url: string, body: Uint8Array<ArrayBuffer>, headers: Headers, options: PostOptions): Promise<Posted> {
  const { deliver, clock, timeoutMs, underWay } = options;
  const ended = new AbortController();
  const late = Promise.withResolvers<never>();
  const end = (error: Error): void => {
    ended.abort(error);
    late.reject(error);
  };
  const cancelTimeout = clock.at(clock.now() + timeoutMs, () => end(new Error(`no answer within ${timeoutMs} ms`)));
  const giveUp = (): void => end(new Error("given up"));
  underWay.add(giveUp);
  try {
    const request = new Request(url, { method: "POST", headers, body, redirect: "manual", signal: ended.signal });
    const response = await Promise.race([deliver(request), late.promise]);
    // The status is all that counts, and the rest could be endless.
    void discard(response);
    return { status: response.status };
  } catch (error) {
    return { error: reasonOf(error as Error) };
  } finally {
    cancelTimeout();
    underWay.delete(giveUp);
  }
}

/** `fetch failed` says nothing, its cause does. */
function reasonOf(error: Error): string {
  const { code, message } = (error.cause ?? {}) as { readonly code?: string; readonly message?: string };
  return code ?? message ?? error.message;
}

const mostDiscarded = 65_536;

/** Reads a short rest, so that the connection can be used again. */
async function discard({ body }: Response): Promise<void> {
  const reader = body?.getReader();
  try {
    for (let bytes = 0; bytes < mostDiscarded;) {
      const chunk = await reader?.read();
      if (chunk === undefined || chunk.done) return;
      bytes += (chunk.value as Uint8Array).length;
    }
    await reader?.cancel();
  } catch {
    // The endpoint hung up: its status has come.
  }
}
