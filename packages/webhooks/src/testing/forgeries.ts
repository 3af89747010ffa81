import { altered, base64, bytesOf, flipped, fromBase64, gzipped, hex, isSame, utf16 } from "./forgery-texts.ts";

/** Signs bytes; text as UTF-8. */
export type Sign = (body: Uint8Array | string) => string | Promise<string>;

/** Keys of a platform of one's own, which the endpoint under test has to trust. */
export interface ForgerySigner {
  /** Value of `x-ghl-signature`: Ed25519, Base64. */
  readonly sign: Sign;
  /** Value of `x-wh-signature`: RSA with SHA-256, Base64. */
  readonly signRsa: Sign;
  /** As `sign`, with a key that is not trusted. */
  readonly signAsStranger: Sign;
}

/** What is wrong with a delivery. `genuine`: nothing, however odd it looks. */
export type ForgeryKind =
  | "genuine"
  /** No signature, or a word in its place. */
  | "unsigned"
  /** A signature by another key, of another body or in the other header. */
  | "foreign"
  /** Signed by the platform for another app. */
  | "other_app"
  /** Changed after it was signed. */
  | "altered"
  | "malformed_signature"
  | "repeated_signature"
  /** Signed, and no JSON object in UTF-8. */
  | "not_json"
  | "oversized";

/** One delivery over HTTP. */
export interface Forgery {
  readonly name: string;
  readonly kind: ForgeryKind;
  readonly genuine: boolean;
  readonly body: Uint8Array | string;
  /** One with a list is to be sent as often as the list is long. */
  readonly headers: Readonly<Record<string, string | string[]>>;
}

/** What forgeries are made for. */
export interface ForgeryOptions {
  /** Id of the app whose endpoint it is. Absent: genuine deliveries name none. */
  readonly appId?: string;
  /**
   * Begins each `webhookId`.
   * @default "w"
   */
  readonly idPrefix?: string;
}

/** What the recipes are written with. */
interface Bench extends ForgerySigner {
  /** A body that changes when it is read and written again. Its id is new. */
  readonly body: (change?: Readonly<Record<string, unknown>>) => string;
}

const json = { "content-type": "application/json" };

/**
 * Deliveries that are genuine, however odd, and deliveries that are not: an endpoint for marketplace events has to answer 2xx to
 * the first and none of the others. Ids differ, so that each is new.
 */
export async function createForgeries(signer: ForgerySigner, options: ForgeryOptions = {}): Promise<readonly Forgery[]> {
  const { appId, idPrefix = "w" } = options;
  let ids = 0;
  const body: Bench["body"] = (change = {}) => oddBody({ webhookId: `${idPrefix}-${(ids += 1)}`, appId, ...change });
  const bench = { ...signer, body };
  const made = [genuine(bench), unsigned(bench), foreign(bench), unreadable(bench), changed(bench), badHeaders(bench)];
  return (await Promise.all(made)).flat();
}

/** A body that changes when it is read and written again: spaces, escapes, `10.0`, a number beyond 2^53. */
export function oddBody(change: Readonly<Record<string, unknown>>): string {
  const timestamp = "2026-01-01T00:00:00.000Z";
  const fields = { type: "ContactCreate", locationId: "loc-1", id: "c-1", timestamp, ...change };
  return `{ "name":"Zo\\u00eb \\/ 10",  "score": 10.0, "big": 12345678901234567890, ${JSON.stringify(fields).slice(1)}`;
}

function genuine({ body, sign }: Bench): Promise<readonly Forgery[]> {
  const own = async (name: string, text: string, headers: Forgery["headers"] = json): Promise<Forgery> => ({
    name,
    kind: "genuine",
    genuine: true,
    body: text,
    headers: { ...headers, "x-ghl-signature": await sign(text) },
  });
  return Promise.all([
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
    own("of an unknown type", body({ type: "SomethingNew" })),
    own("of 200 kB", body({ notes: "n".repeat(200_000) })),
    own("from the year 2020", body({ timestamp: "2020-01-01T00:00:00.000Z" })),
  ]);
}

function forged(kind: ForgeryKind, name: string, body: Forgery["body"], headers: Forgery["headers"]): Forgery {
  return { name, kind, genuine: false, body, headers: { ...json, ...headers } };
}

async function unsigned({ body }: Bench): Promise<readonly Forgery[]> {
  const words = ["", "N/A", "n/a", "null", "undefined", "true"];
  return [
    forged("unsigned", "no signature", body(), {}),
    ...words.map((word) => forged("unsigned", word === "" ? "an empty signature" : word, body(), { "x-ghl-signature": word })),
  ];
}

async function foreign({ body, sign, signRsa, signAsStranger }: Bench): Promise<readonly Forgery[]> {
  const text = body();
  const current = (name: string, signature: string): Forgery => forged("foreign", name, text, { "x-ghl-signature": signature });
  const legacy = await signRsa(text);
  return [
    forged("foreign", "only the legacy header", text, { "x-wh-signature": legacy }),
    current("an RSA signature in the new header", legacy),
    forged("foreign", "an Ed25519 signature in the legacy header", text, { "x-wh-signature": await sign(text) }),
    current("another key", await signAsStranger(text)),
    forged("foreign", "another key and a genuine legacy header", text, {
      "x-ghl-signature": await signAsStranger(text),
      "x-wh-signature": legacy,
    }),
    current("the signature of an empty body", await sign("")),
    current("the signature of another body", await sign(body())),
    current("a hash instead of a signature", base64(new Uint8Array(64).fill(7))),
    current("zeros", base64(new Uint8Array(64))),
    current("0xFF", base64(new Uint8Array(64).fill(255))),
  ];
}

/** Signed as they should be, and yet not for this endpoint. */
function unreadable({ body, sign }: Bench): Promise<readonly Forgery[]> {
  const signed = async (name: string, text: string, contentType = "application/json", kind: ForgeryKind = "not_json"): Promise<Forgery> =>
    forged(kind, name, text, { "content-type": contentType, "x-ghl-signature": await sign(text) });
  return Promise.all([
    signed("an empty body, signed", ""),
    signed("no JSON, signed", "hello"),
    signed("a list, signed", "[1]"),
    signed("a text, signed", '"x"'),
    signed("a form, signed", "a=b", "application/x-www-form-urlencoded"),
    signed("multipart, signed", body(), "multipart/form-data; boundary=x"),
    signed("latin1, signed", body(), "application/json; charset=iso-8859-1"),
    ...["another-app", "", 7, ["another-app"]].map((appId) =>
      signed(`signed for the app ${JSON.stringify(appId)}`, body({ appId }), "application/json", "other_app"),
    ),
  ]);
}

/** Signed as they were and changed afterwards. */
function changed({ body, sign }: Bench): Promise<readonly Forgery[]> {
  type Change = (text: string) => Forgery["body"] | Promise<Forgery["body"]>;
  const change = async (name: string, alter: Change, kind: ForgeryKind = "altered"): Promise<Forgery> => {
    const text = body();
    const after = await alter(text);
    if (isSame(bytesOf(after), bytesOf(text))) throw new Error(`${name} changes nothing`);
    return forged(kind, name, after, { "x-ghl-signature": await sign(text) });
  };
  return Promise.all([
    change("one byte altered", (text) => text.replace("c-1", "c-2")),
    change("a byte appended", (text) => `${text} `),
    change("a byte in front", (text) => ` ${text}`),
    change("a byte order mark in front", (text) => `\uFEFF${text}`),
    change("cut off", (text) => text.slice(0, -1)),
    change("a second object behind", (text) => `${text}{}`),
    change("a zero byte behind", (text) => `${text}\u0000`),
    change("written again", (text) => JSON.stringify(JSON.parse(text))),
    change("10.0 as 10", (text) => text.replace("10.0", "10")),
    change("a large number rounded", (text) => text.replace("12345678901234567890", "12345678901234567000")),
    change("an escape written out", (text) => text.replace("\\u00eb", "ë")),
    change("a slash not escaped", (text) => text.replace("\\/", "/")),
    change("CRLF", (text) => text.replace(", ", ",\r\n")),
    change("in UTF-16", utf16),
    change("gzip without saying so", gzipped),
    change("keys in another order", (text) => JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(text) as object).toReversed()))),
    change("another id, to be new again", (text) => text.replace('"webhookId":"', '"webhookId":"x')),
    change("5 MB", (text) => `${text}${" ".repeat(5_000_000)}`, "oversized"),
  ]);
}

function badHeaders({ body, sign }: Bench): Promise<readonly Forgery[]> {
  type Alter = (signature: string) => string | string[];
  const header = async (name: string, alter: Alter, kind: ForgeryKind = "malformed_signature"): Promise<Forgery> => {
    const text = body();
    return forged(kind, name, text, { "x-ghl-signature": alter(await sign(text)) });
  };
  const zeros = base64(new Uint8Array(64));
  return Promise.all([
    header("truncated", (signature) => signature.slice(0, 80)),
    header("without padding", (signature) => signature.replace(/=+$/, "")),
    header("too much padding", (signature) => `${signature}==`),
    header("with a byte more", (signature) => altered(signature, (bytes) => [...bytes, 0])),
    header("a byte less", (signature) => altered(signature, (bytes) => bytes.subarray(0, 63))),
    header("its first bit flipped", (signature) => altered(signature, (bytes) => flipped(bytes, 0))),
    header("its last byte flipped", (signature) => altered(signature, (bytes) => flipped(bytes, 63))),
    header("halves swapped", (signature) => altered(signature, (bytes) => [...bytes.subarray(32), ...bytes.subarray(0, 32)])),
    header("hex", (signature) => hex(fromBase64(signature))),
    header("in quotes", (signature) => `"${signature}"`),
    header("with a scheme", (signature) => `ed25519=${signature}`),
    header("with Bearer", (signature) => `Bearer ${signature}`),
    header("twice in one header", (signature) => `${signature}, ${signature}`, "repeated_signature"),
    header("a wrong one and a right one", (signature) => [zeros, signature], "repeated_signature"),
    header("a right one and a wrong one", (signature) => [signature, zeros], "repeated_signature"),
    header("of 8 kB", (signature) => signature.repeat(90)),
    header("small letters", (signature) => signature.toLowerCase()),
  ]);
}
