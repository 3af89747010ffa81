import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { encodeBody } from "../../src/request/wire-body.ts";

describe("encodeBody", () => {
  it("sends JSON as it is", () => {
    expect(encodeBody("x", "json", { a: ["é"] })).toEqual({ body: '{"a":["é"]}', contentType: "application/json" });
  });

  it("sends forms in pairs, without what is not given", () => {
    expect(encodeBody("x", "form", { grant_type: "refresh token", code: undefined, n: 1 })).toEqual({
      body: "grant_type=refresh+token&n=1",
      contentType: "application/x-www-form-urlencoded",
    });
  });

  it("sends files as multipart and leaves the boundary to fetch", async () => {
    const { body, contentType } = encodeBody("x", "multipart", { file: new Blob(["data"]), name: "n", tags: ["a", "b"], meta: { k: 1 } });
    const form = body as FormData;
    expect(contentType).toBeUndefined();
    expect(await (form.get("file") as Blob).text()).toBe("data");
    expect(form.getAll("tags")).toEqual(["a", "b"]);
    expect(form.get("meta")).toBe('{"k":1}');
  });

  it.each([
    ["a Buffer", Buffer.from("data")],
    ["a Uint8Array", new TextEncoder().encode("data")],
    ["a view of a part", new Uint8Array(new TextEncoder().encode("..data..").buffer, 2, 4)],
    ["an ArrayBuffer", new TextEncoder().encode("data").buffer],
    ["a DataView", new DataView(new TextEncoder().encode("data").buffer)],
  ])("sends %s as a file part, named after the body's name", async (_, file) => {
    const form = encodeBody("x", "multipart", { file, name: "a.png" }).body as FormData;
    expect(await (form.get("file") as File).text()).toBe("data");
    expect((form.get("file") as File).name).toBe("a.png");
    const bare = encodeBody("x", "multipart", { file: [file, file] }).body as FormData;
    expect(bare.getAll("file").map((one) => (one as File).name)).toEqual(["file", "file"]);
  });

  it("keeps the name and type of a File", () => {
    const form = encodeBody("x", "multipart", { file: new File(["data"], "own.txt", { type: "text/plain" }), name: "n" }).body as FormData;
    expect([(form.get("file") as File).name, (form.get("file") as File).type]).toEqual(["own.txt", "text/plain"]);
  });

  const circle: Record<string, unknown> = {};
  circle["self"] = circle;
  it.each<[string, unknown, RegExp]>([
    ["bytes", { file: Buffer.from("x") }, /body\.file holds bytes/],
    ["bytes in a list", { files: [new Uint8Array(1)] }, /body\.files\.0 holds bytes/],
    ["a Blob", new Blob([]), /it is bytes/],
    ["a Buffer as body", Buffer.from("x"), /it is bytes/],
    ["a number", 42, /it is a number/],
    ["a text", "{}", /it is a string/],
    ["null", null, /it is null/],
    ["a function", { f: () => 1 }, /body\.f is a function/],
    ["a symbol", { s: Symbol("x") }, /is a symbol/],
    ["a bigint", { n: 1n }, /is a bigint/],
    ["NaN", { n: Number.NaN }, /is NaN/],
    ["a promise", { p: Promise.resolve(1) }, /await it/],
    ["a Map", { m: new Map() }, /is a Map/],
    ["a stream", { s: new ReadableStream() }, /stream: read it first/],
    ["a Node stream", { s: Readable.from(["x"]) }, /stream: read it first/],
    ["an invalid date", { d: new Date("x") }, /invalid date/],
    ["a circle", circle, /contains itself/],
    ["a RegExp", { r: /x/ }, /RegExp/],
    ["an Error", { e: new Error("x") }, /Error/],
    ["an iterator", { i: new Map().keys() }, /Iterator/],
    ["shared memory", { s: new SharedArrayBuffer(1) }, /SharedArrayBuffer/],
    ["undefined in a list", { l: [undefined] }, /body\.l\.0 is undefined/],
    ["a toJSON that makes NaN", { t: { toJSON: () => Number.NaN } }, /is NaN/],
    ["a body whose toJSON makes nothing", { toJSON: () => undefined }, /must be an object/],
    ["a date as body", new Date(0), /must be an object/],
  ])("refuses %s within JSON", (_, body, reason) => expect(() => encodeBody("x", "json", body)).toThrow(reason));

  it.each<[string, unknown, RegExp]>([
    ["a Node stream", { file: Readable.from(["x"]) }, /stream: read it first/],
    ["a stream", { file: new ReadableStream() }, /stream: read it first/],
    ["a promise of bytes", { file: Promise.resolve(Buffer.from("x")) }, /await it/],
    ["bytes alone", Buffer.from("x"), /such as \{ file: bytes \}/],
    ["a number", 42, /it is a number/],
    ["a list", [], /list/],
  ])("refuses %s within a multipart body", (_, body, reason) => expect(() => encodeBody("x", "multipart", body)).toThrow(reason));

  it("refuses a list or an object within a form", () => {
    expect(() => encodeBody("x", "form", { a: { b: 1 } })).toThrow(/body\.a must be text/);
    expect(() => encodeBody("x", "form", [1])).toThrow(/list/);
  });

  it("sends what JSON knows how to write", () => {
    class Model {
      readonly name = "x";
    }
    expect(encodeBody("x", "json", { at: new Date(0), model: new Model(), none: undefined, url: new URL("https://a.example") }).body).toBe(
      '{"at":"1970-01-01T00:00:00.000Z","model":{"name":"x"},"url":"https://a.example/"}',
    );
  });

  it("passes FormData and URLSearchParams through", () => {
    const form = new FormData();
    expect(encodeBody("x", "multipart", form)).toEqual({ body: form, contentType: undefined });
    expect(encodeBody("x", "json", new URLSearchParams({ a: "1" })).contentType).toBe("application/x-www-form-urlencoded");
  });

  it("refuses a form that is no object", () => {
    expect(() => encodeBody("oauth.token", "form", "text")).toThrow(/oauth\.token: body must be an object/);
  });
});
