import { randomBytes } from "node:crypto";

/** What a page is sent. */
export interface LiveEvent {
  readonly type: string;
  readonly data: unknown;
}

/** `staff` by default: what a visitor is sent holds nothing of other people. */
export type Audience = "staff" | "everyone";

/** Pushes events to the pages that are open, per location. */
export interface Channel {
  /** For the first HTML of a page: events from here on are sent to it. */
  readonly position: () => string;
  readonly publish: (locationId: string, event: LiveEvent, to?: Audience) => void;
  /** Server-sent events after a position. One of another process, or too old, gets `reset`: the page reads its state again. */
  readonly stream: (
    listener: { readonly locationId: string; readonly audience: Audience },
    after: string | undefined,
    signal: AbortSignal,
  ) => Response;
  readonly close: () => void;
}

interface Kept extends LiveEvent {
  readonly locationId: string;
  readonly to: Audience;
  readonly number: number;
}

const mostKept = 2000;
const heartbeatMs = 15_000;

export function createChannel(): Channel {
  const tag = randomBytes(4).toString("hex");
  const kept: Kept[] = [];
  const pages = new Set<{ readonly isFor: (event: Kept) => boolean; readonly send: (text: string) => void; readonly end: () => void }>();
  let last = 0;
  const write = ({ number, type, data }: Kept): string =>
    `id: ${tag}-${number}\nevent: message\ndata: ${JSON.stringify({ type, data })}\n\n`;
  const position = (): string => `${tag}-${last}`;
  const missedSince = (after: string | undefined): readonly Kept[] | "reset" => {
    const [ofTag, number = "x"] = after?.split("-") ?? [tag, String(last)];
    const from = Number(number);
    if (ofTag !== tag || !Number.isInteger(from) || from > last || (kept[0]?.number ?? last + 1) > from + 1) return "reset";
    return kept.filter((event) => event.number > from);
  };
  return {
    position,
    publish(locationId, event, to = "staff") {
      last += 1;
      const next = { ...event, locationId, to, number: last };
      kept.push(next);
      if (kept.length > mostKept) kept.shift();
      for (const page of pages) if (page.isFor(next)) page.send(write(next));
    },
    stream({ locationId, audience }, after, signal) {
      const isFor = (event: Kept): boolean => event.locationId === locationId && (audience === "staff" || event.to === "everyone");
      const encoder = new TextEncoder();
      let stop = (): void => {};
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          const send = (text: string): void => controller.enqueue(encoder.encode(text));
          const missed = missedSince(after);
          send("retry: 1000\n\n");
          if (missed === "reset") send(`id: ${position()}\nevent: message\ndata: {"type":"reset","data":null}\n\n`);
          else for (const event of missed) if (isFor(event)) send(write(event));
          const beat = setInterval(() => send(": still here\n\n"), heartbeatMs);
          const page = { isFor, send, end: (): void => controller.close() };
          pages.add(page);
          stop = () => {
            clearInterval(beat);
            pages.delete(page);
          };
          signal.addEventListener("abort", () => stop(), { once: true });
        },
        cancel: () => stop(),
      });
      return new Response(body, {
        headers: { "content-type": "text/event-stream", "cache-control": "no-store", "x-accel-buffering": "no" },
      });
    },
    close() {
      for (const { end } of pages) end();
      pages.clear();
    },
  };
}
