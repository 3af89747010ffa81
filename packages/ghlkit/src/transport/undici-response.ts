import { promisify } from "node:util";
import { brotliDecompress, gunzip, inflate, inflateRaw } from "node:zlib";
import { ghlError, originOf, type CallContext, type WireHeaders, type WireResponse } from "@ghlkit/core";
import type { Dispatcher } from "undici";

type Decode = (bytes: Uint8Array) => Promise<Uint8Array>;

const ungzip: Decode = promisify(gunzip);
const inflateZlib: Decode = promisify(inflate);
const inflateBare: Decode = promisify(inflateRaw);

/** Some servers send `deflate` without the zlib header that RFC 9110 8.4.1.2 asks for. */
const inflateAny: Decode = (bytes) => ((bytes[0] ?? 0) % 16 === 8 ? inflateZlib(bytes) : inflateBare(bytes));

const codings: ReadonlyMap<string, Decode> = new Map([
  ["gzip", ungzip],
  ["x-gzip", ungzip],
  ["deflate", inflateAny],
  ["br", promisify(brotliDecompress)],
]);

/** As many codings, one within the other, as fetch decodes. */
const mostCodings = 5;

/** Value of `Accept-Encoding` for what can be decoded. */
export const acceptedCodings = "gzip, deflate, br";

/** An answer of undici's `request`, decoded when its body is read. */
export class UndiciResponse implements WireResponse {
  readonly status: number;
  readonly ok: boolean;
  readonly headers: WireHeaders;
  readonly url: string;
  readonly #body: Dispatcher.ResponseData["body"];
  readonly #context: CallContext;

  constructor({ statusCode, headers, body }: Dispatcher.ResponseData, url: string, context: CallContext) {
    this.status = statusCode;
    this.ok = statusCode >= 200 && statusCode < 300;
    this.headers = new UndiciHeaders(headers);
    this.url = url;
    this.#body = body;
    this.#context = context;
  }

  /** @throws GhlError `invalid_response` for a coding that is not known. */
  text(): Promise<string> {
    return this.#coding === null ? this.#body.text() : this.#decoded().then((bytes) => new TextDecoder().decode(bytes));
  }

  /** @throws GhlError `invalid_response` for a coding that is not known. */
  arrayBuffer(): Promise<ArrayBuffer> {
    return this.#coding === null ? this.#body.arrayBuffer() : this.#decoded().then(ownBuffer);
  }

  /** Reads the body away in the background, so that its connection can be used again. The signal of the call ends it. */
  discard(): void {
    // Nothing depends on a body that is not wanted: a failure of it concerns no call.
    this.#body.dump().catch(() => undefined);
  }

  get #coding(): string | null {
    return this.headers.get("content-encoding");
  }

  async #decoded(): Promise<Uint8Array> {
    const decoders = await this.#decoders();
    let bytes: Uint8Array = new Uint8Array(await this.#body.arrayBuffer());
    // An answer to HEAD names the coding and has no body.
    if (bytes.length === 0) return bytes;
    for (const decode of decoders) bytes = await decode(bytes);
    return bytes;
  }

  /** Decoders of the body, in the order in which they are applied. */
  async #decoders(): Promise<readonly Decode[]> {
    const names = (this.#coding ?? "")
      .toLowerCase()
      .split(",")
      .map((name) => name.trim());
    const applied = names.filter((name) => name !== "" && name !== "identity").toReversed();
    const unknown = applied.find((name) => !codings.has(name)) ?? (applied.length > mostCodings ? applied.join(", ") : undefined);
    if (unknown === undefined) return applied.map((name) => codings.get(name) as Decode);
    // The status of a failure says enough.
    if (!this.ok) return [];
    this.discard();
    throw unknownCoding(unknown, this.status, this.#context);
  }
}

/** A decoder may have put its bytes into a part of a larger buffer. */
function ownBuffer({ buffer, byteOffset, byteLength }: Uint8Array): ArrayBuffer {
  return buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer;
}

function unknownCoding(name: string, status: number, context: CallContext): Error {
  const coding = JSON.stringify(name.slice(0, 40));
  const message = `The answer (${status}) is encoded as ${coding}, which was not asked for and cannot be decoded.`;
  return ghlError("invalid_response", message, { status }, originOf(context));
}

class UndiciHeaders implements WireHeaders {
  readonly #fields: Dispatcher.ResponseData["headers"];

  constructor(fields: Dispatcher.ResponseData["headers"]) {
    this.#fields = fields;
  }

  get(name: string): string | null {
    const value = this.#fields[name.toLowerCase()];
    if (value === undefined) return null;
    return typeof value === "string" ? value : value.join(", ");
  }

  forEach(visit: (value: string, name: string) => void): void {
    for (const [name, value] of Object.entries(this.#fields)) for (const one of [value ?? []].flat()) visit(one, name);
  }
}
