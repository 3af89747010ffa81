import type { WireHeaders, WireResponse } from "./wire-response.ts";

const kept: unique symbol = Symbol.for("ghlkit.answer") as never;

/** What was read of an answer within its attempt. */
export interface Answer {
  readonly body: string | ArrayBuffer;
  /** The attempt that brought it. */
  readonly attempt: number;
}

/** By a symbol that all copies of the package share. */
interface Read {
  [kept]?: Answer;
}

/** An answer whose body was read within its attempt: it may be read any number of times. */
export class ReadResponse implements WireResponse {
  readonly status: number;
  readonly ok: boolean;
  readonly headers: WireHeaders;
  readonly #answer: Answer;
  readonly #source: WireResponse;
  #response: Response | undefined;

  constructor(source: WireResponse, answer: Answer) {
    this.status = source.status;
    this.ok = source.ok;
    this.headers = source.headers;
    this.#answer = answer;
    (this as Read)[kept] = answer;
    this.#source = source;
  }

  get url(): string {
    return this.#source.url ?? "";
  }

  /** The attempt that brought it. */
  get attempt(): number {
    return this.#answer.attempt;
  }

  /** Whether it was read as text; bytes are read as such. */
  get isText(): boolean {
    return typeof this.#answer.body === "string";
  }

  readText(): string {
    return textOf(this.#answer);
  }

  readBytes(): ArrayBuffer {
    return bytesOf(this.#answer);
  }

  async text(): Promise<string> {
    return this.readText();
  }

  async arrayBuffer(): Promise<ArrayBuffer> {
    return this.readBytes();
  }

  /** The same answer as a real `Response`, made when it is first asked for. */
  get response(): Response {
    const { body } = this.#answer;
    this.#response ??= withKeptMethods(isResponse(this.#source) ? this.#source : responseOf(this, body), this.#answer);
    return this.#response;
  }
}

/** Whether the body of an answer was read by this copy of the package. */
export function isRead(response: WireResponse): response is ReadResponse {
  return response instanceof ReadResponse;
}

/** What was read of an answer by `readBody`; `undefined` for one that did not pass it. */
export function answerOf(response: WireResponse): Answer | undefined {
  return (response as Read)[kept];
}

/**
 * A real `Response` of any answer, for code outside the layers. One that was read within its attempt may be read any number of times:
 * `text()`, `json()`, `arrayBuffer()`, `bytes()`, `blob()` and `clone()`.
 */
export function toResponse(answer: WireResponse): Response {
  if (isResponse(answer)) return answer;
  if (answer instanceof ReadResponse) return answer.response;
  const known = answerOf(answer);
  return known === undefined ? responseOf(answer, unreadBody(answer)) : withKeptMethods(responseOf(answer, known.body), known);
}

/** Text of what was read. */
export function textOf({ body }: Answer): string {
  return typeof body === "string" ? body : new TextDecoder().decode(body);
}

/** Bytes of what was read. */
function bytesOf({ body }: Answer): ArrayBuffer {
  return typeof body === "string" ? new TextEncoder().encode(body).buffer : body;
}

/** By its methods: a server library may have put another class in the place of the global one. */
function isResponse(answer: WireResponse): answer is Response {
  return typeof (answer as Partial<Response>).clone === "function" && typeof (answer as Partial<Response>).blob === "function";
}

const withoutBody: ReadonlySet<number> = new Set([204, 205, 304]);

/** Statuses that the constructor of Response takes. */
const least = 200;
const most = 599;

function responseOf({ status, headers, url = "" }: WireResponse, body: BodyInit): Response {
  const copied = new Headers();
  headers.forEach((value, name) => copied.append(name, value));
  const isKnown = status >= least && status <= most;
  const response = new Response(withoutBody.has(status) ? null : body, { status: isKnown ? status : most, headers: copied });
  if (!isKnown) Object.defineProperty(response, "status", { value: status });
  if (url !== "") Object.defineProperty(response, "url", { value: url });
  return response;
}

/** Reads the answer when its body is read. */
function unreadBody(answer: WireResponse): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream({
    pull: async (controller) => {
      controller.enqueue(new Uint8Array(await answer.arrayBuffer()));
      controller.close();
    },
  });
}

/** A server library may have put a Response in place whose methods are read only; assigning is several times as fast as defining. */
function withKeptMethods(response: Response, answer: Answer): Response {
  const methods = {
    [kept]: answer,
    text: keptText,
    json: keptJson,
    arrayBuffer: keptArrayBuffer,
    bytes: keptBytes,
    blob: keptBlob,
    clone: keptClone,
  };
  try {
    return Object.assign(response, methods);
  } catch {
    for (const name of Reflect.ownKeys(methods)) {
      const value: unknown = (methods as Readonly<Record<string | symbol, unknown>>)[name];
      Object.defineProperty(response, name, { value, configurable: true });
    }
    return response;
  }
}

type Kept = Response & { readonly [kept]: Answer };

async function keptText(this: Kept): Promise<string> {
  return textOf(this[kept]);
}

async function keptJson(this: Kept): Promise<unknown> {
  return JSON.parse(textOf(this[kept])) as unknown;
}

async function keptArrayBuffer(this: Kept): Promise<ArrayBuffer> {
  return bytesOf(this[kept]);
}

async function keptBytes(this: Kept): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(bytesOf(this[kept]));
}

async function keptBlob(this: Kept): Promise<Blob> {
  const type = this.headers.get("content-type");
  return new Blob([this[kept].body], type === null ? {} : { type });
}

function keptClone(this: Kept): Response {
  const { status, statusText, headers } = this;
  return new Response(withoutBody.has(status) ? null : this[kept].body, { status, statusText, headers });
}
