import { describe, expect, it } from "vitest";
import { sendOnce } from "../src/send-once.ts";

const json = { "content-type": "application/json" };

async function lengthOf(message: Request | Response): Promise<number> {
  return (await message.arrayBuffer()).byteLength;
}

describe("a write that must not be sent again by the runtime", () => {
  it("goes as a stream on Deno, whatever its body is", async () => {
    const form = new FormData();
    form.set("name", "a.txt");
    for (const body of ["{}", new Uint8Array([1, 2]), new Blob(["x"]), form, new URLSearchParams({ a: "b" }), undefined]) {
      const init = sendOnce("POST", { method: "POST", ...(body === undefined ? {} : { body }) }, "deno");
      expect(init.body).toBeInstanceOf(ReadableStream);
      expect(init.duplex).toBe("half");
      const expected = new Request("http://x.test", { method: "POST", ...(body === undefined ? {} : { body }) });
      expect(await lengthOf(new Response(init.body))).toBe(await lengthOf(expected));
    }
  });

  it("keeps the headers and names the boundary of a form", async () => {
    const form = new FormData();
    form.set("file", new Blob(["bytes"]), "a.txt");
    const init = sendOnce("POST", { method: "POST", body: form, headers: { version: "v3" } }, "deno");
    const headers = new Headers(init.headers);
    expect(headers.get("version")).toBe("v3");
    const sent = await new Response(init.body, { headers }).formData();
    expect(await (sent.get("file") as File).text()).toBe("bytes");
    expect(new Headers(sendOnce("POST", { body: "{}", headers: json }, "deno").headers).get("content-type")).toBe("application/json");
  });

  it("takes a connection of its own on Bun where Bun would repeat it", () => {
    const of = (method: string): boolean | undefined => sendOnce(method, { method }, "bun").keepalive;
    expect(["PUT", "DELETE", "POST", "PATCH", "GET"].map(of)).toEqual([false, false, undefined, undefined, undefined]);
  });

  it("goes as it is elsewhere, and reads always", () => {
    const init = { method: "POST", body: "{}" };
    expect(sendOnce("POST", init, "other")).toBe(init);
    expect(sendOnce("POST", init, "workers")).toBe(init);
    expect(sendOnce("GET", init, "deno")).toBe(init);
  });

  it("leaves a stream that is one already", () => {
    const init = { method: "POST", body: new ReadableStream<Uint8Array>(), duplex: "half" as const };
    expect(sendOnce("POST", init, "deno")).toBe(init);
  });
});
