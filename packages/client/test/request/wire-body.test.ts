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

  it("passes FormData and URLSearchParams through", () => {
    const form = new FormData();
    expect(encodeBody("x", "multipart", form)).toEqual({ body: form, contentType: undefined });
    expect(encodeBody("x", "json", new URLSearchParams({ a: "1" })).contentType).toBe("application/x-www-form-urlencoded");
  });

  it("refuses a form that is no object", () => {
    expect(() => encodeBody("oauth.token", "form", "text")).toThrow(/oauth\.token: body must be an object/);
  });
});
