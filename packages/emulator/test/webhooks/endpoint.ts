import { createEmulator, type Emulator, type EmulatorOptions, type WebhookOptions } from "../../src/index.ts";

/** What an endpoint received. */
export interface Received {
  readonly url: string;
  readonly headers: Headers;
  readonly bytes: Uint8Array;
  // Tests look into bodies of every shape.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly body: any;
  readonly atMs: number;
}

/** An emulator whose webhooks end in a list, and what they are answered. */
export interface Endpoint {
  readonly emulator: Emulator;
  readonly received: Received[];
  readonly types: () => readonly string[];
  /** Statuses of the answers to come, in order; then 200. */
  readonly answers: (number | "error" | "hang")[];
}

export const startMs: number = Date.UTC(2026, 0, 1);

/** Time stands still unless the emulator's clock is moved. */
export function createEndpoint(webhooks: WebhookOptions = {}, options: EmulatorOptions = {}): Endpoint {
  const received: Received[] = [];
  const answers: Endpoint["answers"] = [];
  const emulator = createEmulator({
    burstLimit: 1_000_000,
    clock: { now: () => startMs },
    ...options,
    webhooks: {
      url: "https://app.example/webhooks",
      async deliver(request) {
        const bytes = new Uint8Array(await request.arrayBuffer());
        const body = JSON.parse(new TextDecoder().decode(bytes)) as unknown;
        received.push({ url: request.url, headers: request.headers, bytes, body, atMs: emulator.clock.now() - startMs });
        const answer = answers.shift() ?? 200;
        if (answer === "error")
          throw new TypeError("fetch failed", { cause: Object.assign(new Error("refused"), { code: "ECONNREFUSED" }) });
        if (answer === "hang") return new Promise(() => undefined);
        return new Response("ok", { status: answer });
      },
      ...webhooks,
    },
  });
  return { emulator, received, answers, types: () => received.map(({ body }) => String(body.type)) };
}
