import type { WebhookReceiver } from "../receiver/webhook-receiver.ts";
import { rawBytes } from "../verify/raw-body.ts";

/** The part of a Fastify instance that is used. */
export interface FastifyLike {
  readonly removeAllContentTypeParsers: () => unknown;
  readonly addContentTypeParser: (
    type: string,
    options: { readonly parseAs: "buffer"; readonly bodyLimit: number },
    parser: (request: unknown, body: Uint8Array, done: (error: null, body: Uint8Array) => void) => void,
  ) => unknown;
  readonly post: (path: string, handler: (request: FastifyRequestLike, reply: FastifyReplyLike) => Promise<unknown>) => unknown;
}

/** The part of a Fastify request that the plugin uses. */
export interface FastifyRequestLike {
  readonly body: unknown;
  /** Where a plugin such as `fastify-raw-body` keeps what was received, as bytes or as a text. */
  readonly rawBody?: unknown;
  readonly ip: string;
  readonly raw: {
    /** Distinguishes a repeated header from one with a comma in it. Requests that `inject` makes have none. */
    readonly headersDistinct?: Readonly<Record<string, string[] | undefined>>;
    readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  };
}

/** The part of a Fastify reply that the plugin uses. */
export interface FastifyReplyLike {
  readonly code: (status: number) => FastifyReplyLike;
  readonly headers: (headers: Record<string, string>) => FastifyReplyLike;
  readonly send: (body: string) => unknown;
}

/** Options of {@link webhookPlugin}. */
export interface FastifyWebhookOptions {
  /** Receives the deliveries. */
  readonly receiver: WebhookReceiver;
  /** @default `/`, below the plugin's `prefix` */
  readonly path?: string;
}

/**
 * A plugin: `fastify.register(webhookPlugin, { receiver, path: "/webhooks" })`. Within it, and nowhere else, bodies are left as
 * bytes. Its address checks see `request.ip`, which honours `trustProxy`.
 */
export async function webhookPlugin(fastify: FastifyLike, { receiver, path = "/" }: FastifyWebhookOptions): Promise<void> {
  fastify.removeAllContentTypeParsers();
  // One byte more than the receiver takes, so that it is the one to refuse.
  const options = { parseAs: "buffer", bodyLimit: receiver.maxBodyBytes + 1 } as const;
  fastify.addContentTypeParser("*", options, (_request, body, done) => done(null, body));
  fastify.post(path, async (request, reply) => {
    const body = (rawBytes(request.rawBody) ?? request.body ?? new Uint8Array()) as Uint8Array;
    const answer = await receiver.receive({ body, headers: request.raw.headersDistinct ?? request.raw.headers, address: request.ip });
    return reply
      .code(answer.status)
      .headers(Object.fromEntries(answer.headers))
      .send(await answer.text());
  });
}
