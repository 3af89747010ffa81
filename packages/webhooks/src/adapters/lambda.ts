import type { WebhookReceiver } from "../receiver/webhook-receiver.ts";
import { rawBytes } from "../verify/raw-body.ts";
import type { HeadersLike } from "../verify/raw-delivery.ts";

/**
 * The part that is used of an event of API Gateway (REST, payload 1.0; HTTP, payload 2.0), of a function URL or of an Application
 * Load Balancer.
 */
export interface LambdaEvent {
  readonly httpMethod?: string;
  readonly headers?: Readonly<Record<string, string | undefined>> | null;
  /** Payload 1.0 has it, and a load balancer that is set to; it distinguishes repeated headers. */
  readonly multiValueHeaders?: Readonly<Record<string, readonly string[] | undefined>> | null;
  /** A text, as AWS sends it. A middleware may have put bytes or a parsed object in its place. */
  readonly body?: unknown;
  /** What was received, where a middleware that parses `body` keeps it. Encoded as `isBase64Encoded` says. */
  readonly rawBody?: unknown;
  readonly isBase64Encoded?: boolean;
  readonly requestContext?: {
    readonly http?: { readonly method?: string; readonly sourceIp?: string };
    readonly identity?: { readonly sourceIp?: string | null };
    /** There behind a load balancer. It states no address that could not be made up: `allowAddresses` refuses all of its events. */
    readonly elb?: unknown;
  };
}

/** What all of them take as an answer. */
export interface LambdaResult {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  /** Only for a load balancer that sends them: it takes no others then. */
  readonly multiValueHeaders?: Record<string, string[]>;
  readonly body: string;
  readonly isBase64Encoded: false;
}

/**
 * A handler for AWS Lambda behind API Gateway, a function URL or an Application Load Balancer. Start no worker in it: between two
 * events the process stands still. Handle on a schedule with `createWebhookWorker({ … }).runDue()`.
 */
export function toLambdaHandler(receiver: WebhookReceiver): (event: LambdaEvent) => Promise<LambdaResult> {
  return async (event) => {
    const answer = await answerTo(receiver, event);
    const headers = Object.fromEntries(answer.headers);
    const lists = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]));
    const wantsLists = event.requestContext?.elb !== undefined && Boolean(event.multiValueHeaders);
    return {
      statusCode: answer.status,
      headers,
      ...(wantsLists && { multiValueHeaders: lists }),
      body: await answer.text(),
      isBase64Encoded: false,
    };
  };
}

async function answerTo(receiver: WebhookReceiver, event: LambdaEvent): Promise<Response> {
  const { requestContext } = event;
  const method = event.httpMethod ?? requestContext?.http?.method;
  if (method !== "POST") return new Response(null, { status: 405, headers: { allow: "POST" } });
  const headers: HeadersLike = event.multiValueHeaders ?? event.headers ?? {};
  const address = requestContext?.http?.sourceIp ?? requestContext?.identity?.sourceIp ?? undefined;
  return receiver.receive({ body: bodyOf(event), headers, address });
}

function bodyOf({ body, rawBody, isBase64Encoded }: LambdaEvent): Uint8Array | string {
  const received = typeof rawBody === "string" ? rawBody : (rawBytes(rawBody) ?? body ?? "");
  if (typeof received !== "string") return received as Uint8Array;
  return isBase64Encoded === true ? decoded(received) : received;
}

/** A text that should be base64 and is not was changed on this side: the receiver refuses it as not raw. */
function decoded(body: string): Uint8Array {
  try {
    return Uint8Array.from(atob(body), (character) => character.charCodeAt(0));
  } catch {
    return undefined as unknown as Uint8Array;
  }
}
