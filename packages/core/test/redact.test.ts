import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { ghlError, redact, redactedCause } from "../src/index.ts";

const secret = "s3cr3t-Value_0123456789";

describe("redact", () => {
  it.each([
    `token=${secret}`,
    `{"token":"${secret}"}`,
    `{ token: '${secret}' }`,
    `{\\"token\\":\\"${secret}\\"}`,
    `"secret": "${secret}"`,
    `secret=${secret}&x=1`,
    `the token ${secret} was refused`,
    `x-api-key: ${secret}`,
    `X-Api-Key=${secret}`,
    `refresh-token: ${secret}`,
    `refresh_token ${secret}`.replace(" ", "="),
    `Authorization: ${secret}`,
    `authorization: Token ${secret}`,
    `"Authorization":"${secret}"`,
    `[ 'authorization', '${secret}' ]`,
    `Proxy-Authorization: ${secret}`,
    `cookie: session=${secret}; a=b`,
    `Set-Cookie: ${secret}`,
    `clientSecret: ${secret}`,
    `password=${secret}`,
    `https://user:${secret}@host.example/x`,
    `failed for https://api.example/contacts/?email=${secret}&limit=1`,
    `Bearer ${secret}`,
    `credentials: "${secret}"`,
    `Cookie: a="b"; sid=${secret}`,
    `Authorization: Digest username="x", response="${secret}"`,
    `wss://host.example/socket?t=${secret}`,
    `pwd=${secret}`,
    `jwt: ${secret}`,
    `encryptionKey: ${secret}`,
  ])("takes the secret out of %s", (text) => {
    expect(redact(text)).not.toContain(secret);
    expect(redact(text)).toContain("redacted");
  });

  it.each([
    "Invalid token: access token is invalid",
    "The token is not authorized for this scope.",
    "The secret is patience, the password a word",
    "property locationId should not exist",
    "https://services.leadconnectorhq.com/contacts/abc",
    '{"message":"signature must be a string"}',
  ])("leaves prose alone: %s", (text) => expect(redact(text)).toBe(text));

  it.each(["token", "secret", "Bearer", "authorization", "password", "://", "credentials:"])(
    "is done at once with a long text after %s: no pattern looks twice at a blank",
    (word) => {
      for (const filler of [" ", "\t", "\n", "-", "a", ":", "'", '"', "\\"]) redact(`${word}${filler.repeat(200_000)}!`);
      redact(`${word} `.repeat(50_000));
    },
    20_000,
  );
});

describe("redactedCause", () => {
  it("is the cause itself where it holds no secret", () => {
    const cause = new TypeError("fetch failed", { cause: Object.assign(new Error("x"), { code: "ECONNRESET" }) });
    expect(redactedCause(cause)).toBe(cause);
  });

  it.each([
    new Error(`fetch failed with Bearer ${secret}`),
    new Error("outer", { cause: new Error(`token=${secret}`) }),
    Object.assign(new Error("x"), { config: { headers: { authorization: secret } } }),
    Object.assign(new Error("x"), { request: new Request("https://a.example", { headers: { authorization: secret } }) }),
    Object.assign(new Error("x"), { send: () => secret }),
    { headers: { "x-api-key": secret } },
    new AggregateError([new Error(`secret=${secret}`)]),
    `token=${secret}`,
    Object.assign(new Error("x"), { headers: { "set-cookie": [`sid=${secret}`] } }),
    Object.assign(new Error("x"), { token: [secret] }),
    Object.assign(new Error("x"), { secret: { value: secret } }),
    Object.assign(new Error("x"), { rawHeaders: ["x-api-key", secret] }),
    Object.assign(new Error("x"), { headers: [["x-api-key", secret]] }),
    Object.assign(new Error("x"), { header: { name: "authorization", value: secret } }),
    Object.assign(new Error("x"), { code: `GET https://h.example/?token=${secret}` }),
    Object.assign(new Error("x"), { [`token=${secret}`]: 1 }),
    Object.assign(new Error("x"), { [inspect.custom]: () => secret }),
  ])("shows no secret of %s", (cause) => {
    const error = ghlError("network", "No answer.", { sent: true }, { cause });
    expect(inspect(error, { depth: 10, showHidden: true })).not.toContain(secret);
    expect(JSON.stringify(error)).not.toContain(secret);
  });

  it("keeps what tells the failure apart", () => {
    const cause = Object.assign(new TypeError(`fetch failed: Bearer ${secret}`), { code: "ECONNRESET" });
    expect(redactedCause(cause)).toMatchObject({ name: "TypeError", code: "ECONNRESET", message: "fetch failed: Bearer [redacted]" });
  });

  it("survives a cause that cannot be read", () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    const circular = new Error("round") as Error & { self?: unknown };
    circular.self = circular;
    for (const cause of [proxy, circular, Object.create(null) as object, Symbol("x"), 1n, () => secret, undefined, null])
      expect(() => inspect(ghlError("aborted", "x", {}, { cause }))).not.toThrow();
  });
});
