import { randomBytes } from "node:crypto";

/** What a page is sent. */
export interface LiveEvent {
  readonly type: string;
  readonly data: unknown;
}

/** Pushes events to the pages that are open. A topic is the id of a location for its staff, `public:<id>` for everyone, or the name of what one visitor may follow. */
export interface Channel {
  /** For the first HTML of a page: events from here on are sent to it. */
  readonly position: () => string;
  readonly publish: (topic: string, event: LiveEvent) => void;
  /** Server-sent events after a position. One of another process, or too old, gets `reset`: the page reads its state again. */
  readonly stream: (topics: readonly string[], after: string | undefined, signal: AbortSignal) => Response;
  readonly close: () => void;
}

interface Kept extends LiveEvent {
  readonly topic: string;
  readonly number: number;
}

const mostKept = 2000;
const heartbeatMs = 15_000;

export function createChannel(): Channel {
  const tag = randomBytes(4).toString("hex");
  const kept: Kept[] = [];
  const pages = new Set<{ readonly topics: readonly string[]; readonly send: (text: string) => void; readonly end: () => void }>();
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
    publish(topic, event) {
      last += 1;
      const next = { ...event, topic, number: last };
      kept.push(next);
      if (kept.length > mostKept) kept.shift();
      for (const page of pages) if (page.topics.includes(topic)) page.send(write(next));
    },
    stream(topics, after, signal) {
      const encoder = new TextEncoder();
      let stop = (): void => {};
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          const send = (text: string): void => controller.enqueue(encoder.encode(text));
          const missed = missedSince(after);
          send("retry: 1000\n\n");
          if (missed === "reset") send(`id: ${position()}\nevent: message\ndata: {"type":"reset","data":null}\n\n`);
          else for (const event of missed) if (topics.includes(event.topic)) send(write(event));
          const beat = setInterval(() => send(": still here\n\n"), heartbeatMs);
          const page = { topics, send, end: (): void => controller.close() };
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
