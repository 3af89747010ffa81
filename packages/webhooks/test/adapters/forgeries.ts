import { gzipSync } from "node:zlib";
import { createTestSigner, oddBody, type TestSigner } from "../signer.ts";

/** One delivery over HTTP. A header with a list is sent as often as the list is long. */
export interface Sent {
  readonly name: string;
  readonly body: Uint8Array | string;
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly genuine: boolean;
}

const json = { "content-type": "application/json" };

/** Deliveries that are genuine, however odd, and deliveries that are not. Ids differ, so that each is new. */
export function createForgeries(signer: TestSigner): readonly Sent[] {
  let ids = 0;
  const body = (change: Readonly<Record<string, unknown>> = {}): string => oddBody({ webhookId: `w-${(ids += 1)}`, ...change });
  const own = (name: string, text: string, more: Record<string, string> = json): Sent => ({ name, body: text, headers: { ...more, "x-ghl-signature": signer.sign(text) }, genuine: true }); // prettier-ignore
  const forged = (name: string, text: Uint8Array | string, headers: Sent["headers"]): Sent => ({ name, body: text, headers: { ...json, ...headers }, genuine: false }); // prettier-ignore
  const other = createTestSigner();
  /** Signed as it is and then changed. */
  const changed = (name: string, change: (text: string) => Uint8Array | string): Sent => {
    const text = body();
    const after = change(text);
    if (Buffer.from(after).equals(Buffer.from(text))) throw new Error(`${name} changes nothing`);
    return forged(name, after, { "x-ghl-signature": signer.sign(text) });
  };
  const header = (name: string, change: (signature: string) => string | string[]): Sent => {
    const text = body();
    return forged(name, text, { "x-ghl-signature": change(signer.sign(text)) });
  };
  const first = body();

  return [
    own("as the platform sends it", body()),
    own("pretty-printed", JSON.stringify(JSON.parse(body()), undefined, 2)),
    own("compact", JSON.stringify(JSON.parse(body()))),
    own("with a charset", body(), { "content-type": "application/json; charset=utf-8" }),
    own("without a content type", body(), {}),
    own("as text", body(), { "content-type": "text/plain" }),
    own("with a newline at the end", `${body()}\n`),
    own("with an emoji and a surrogate escape", body({ name: "😀\ud83d\ude00" })),
    own("with a key twice", body().replace("{", '{"id":"c-0",')),
    own("without an app", body({ appId: undefined })),
    own("without an id", body({ webhookId: undefined })),
    own("of a type nobody knows", body({ type: "SomethingNew" })),
    own("of 200 kB", body({ notes: "n".repeat(200_000) })),
    own("from the year 2020", body({ timestamp: "2020-01-01T00:00:00.000Z" })),
    forged("no signature", body(), {}),
    forged("an empty signature", body(), { "x-ghl-signature": "" }),
    forged("N/A", body(), { "x-ghl-signature": "N/A" }),
    forged("n/a", body(), { "x-ghl-signature": "n/a" }),
    forged("null", body(), { "x-ghl-signature": "null" }),
    forged("undefined", body(), { "x-ghl-signature": "undefined" }),
    forged("true", body(), { "x-ghl-signature": "true" }),
    forged("only the legacy header", first, { "x-wh-signature": signer.signRsa(first) }),
    forged("an RSA signature in the new header", first, { "x-ghl-signature": signer.signRsa(first) }),
    forged("an Ed25519 signature in the legacy header", first, { "x-wh-signature": signer.sign(first) }),
    forged("another key", first, { "x-ghl-signature": other.sign(first) }),
    forged("another key and a genuine legacy header", first, {
      "x-ghl-signature": other.sign(first),
      "x-wh-signature": signer.signRsa(first),
    }),
    forged("the signature of an empty body", first, { "x-ghl-signature": signer.sign("") }),
    forged("the signature of another body", first, { "x-ghl-signature": signer.sign(body()) }),
    forged("a hash instead of a signature", first, { "x-ghl-signature": Buffer.alloc(64, 7).toString("base64") }),
    forged("zeros", first, { "x-ghl-signature": Buffer.alloc(64).toString("base64") }),
    forged("0xFF", first, { "x-ghl-signature": Buffer.alloc(64, 255).toString("base64") }),
    forged("an empty body, signed", "", { "x-ghl-signature": signer.sign("") }),
    forged("no JSON, signed", "hello", { "x-ghl-signature": signer.sign("hello") }),
    forged("a list, signed", "[1]", { "x-ghl-signature": signer.sign("[1]") }),
    forged("a text, signed", '"x"', { "x-ghl-signature": signer.sign('"x"') }),
    forged("a form, signed", "a=b", { "x-ghl-signature": signer.sign("a=b"), "content-type": "application/x-www-form-urlencoded" }),
    forged("multipart, signed", first, { "x-ghl-signature": signer.sign(first), "content-type": "multipart/form-data; boundary=x" }),
    forged("latin1, signed", first, { "x-ghl-signature": signer.sign(first), "content-type": "application/json; charset=iso-8859-1" }),
    ...[{ appId: "another-app" }, { appId: "" }, { appId: 7 }, { appId: ["app-of-the-tests"] }].map((change) => {
      const text = body(change);
      return forged(`signed for the app ${JSON.stringify(change.appId)}`, text, { "x-ghl-signature": signer.sign(text) });
    }),
    changed("one byte altered", (text) => text.replace("c-1", "c-2")),
    changed("a byte appended", (text) => `${text} `),
    changed("a byte in front", (text) => ` ${text}`),
    changed("a byte order mark in front", (text) => `\uFEFF${text}`),
    changed("cut off", (text) => text.slice(0, -1)),
    changed("a second object behind", (text) => `${text}{}`),
    changed("a zero byte behind", (text) => `${text}\u0000`),
    changed("written again", (text) => JSON.stringify(JSON.parse(text))),
    changed("10.0 as 10", (text) => text.replace("10.0", "10")),
    changed("a large number rounded", (text) => text.replace("12345678901234567890", "12345678901234567000")),
    changed("an escape written out", (text) => text.replace("\\u00eb", "ë")),
    changed("a slash not escaped", (text) => text.replace("\\/", "/")),
    changed("CRLF", (text) => text.replace(", ", ",\r\n")),
    changed("in UTF-16", (text) => Buffer.from(text, "utf16le")),
    changed("gzip without saying so", (text) => gzipSync(text)),
    changed("keys in another order", (text) => JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(text) as object).toReversed()))),
    changed("5 MB", (text) => `${text}${" ".repeat(5_000_000)}`),
    header("truncated", (signature) => signature.slice(0, 80)),
    header("without padding", (signature) => signature.replace(/=+$/, "")),
    header("too much padding", (signature) => `${signature}==`),
    header("with a byte more", (signature) => Buffer.concat([Buffer.from(signature, "base64"), Buffer.of(0)]).toString("base64")),
    header("a byte less", (signature) => Buffer.from(signature, "base64").subarray(0, 63).toString("base64")),
    header("its first bit flipped", (signature) => flip(signature, 0)),
    header("its last byte flipped", (signature) => flip(signature, 63)),
    header("halves swapped", (signature) => swap(signature)),
    header("hex", (signature) => Buffer.from(signature, "base64").toString("hex")),
    header("in quotes", (signature) => `"${signature}"`),
    header("with a scheme", (signature) => `ed25519=${signature}`),
    header("with Bearer", (signature) => `Bearer ${signature}`),
    header("twice in one header", (signature) => `${signature}, ${signature}`),
    header("a wrong one and a right one", (signature) => [Buffer.alloc(64).toString("base64"), signature]),
    header("a right one and a wrong one", (signature) => [signature, Buffer.alloc(64).toString("base64")]),
    header("of 8 kB", (signature) => signature.repeat(90)),
    header("small letters", (signature) => signature.toLowerCase()),
  ];
}

function flip(signature: string, at: number): string {
  const bytes = Buffer.from(signature, "base64");
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  return bytes.toString("base64");
}

function swap(signature: string): string {
  const bytes = Buffer.from(signature, "base64");
  return Buffer.concat([bytes.subarray(32), bytes.subarray(0, 32)]).toString("base64");
}
