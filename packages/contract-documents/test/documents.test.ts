import { describe, expect, it } from "vitest";
import { documentOf, documentServices, loadDocument } from "../src/index.ts";

describe("documents", () => {
  it("are there for every service of both generations", () => {
    expect(documentServices("v3")).toHaveLength(42);
    expect(documentServices("v2")).toHaveLength(41);
    expect(documentOf("v3", "adPublishing.listFacebookPages")).toBe("ad-publishing");
    expect(documentOf("v3", "nope.get")).toBeUndefined();
  });

  it("are loaded once, with overlays applied", async () => {
    const contacts = await loadDocument("v3", "contacts");
    expect(await loadDocument("v3", "contacts")).toBe(contacts);
    const search = contacts.paths["/contacts/search"]?.["post"] as {
      readonly responses: Readonly<Record<string, { readonly content: unknown }>>;
    };
    expect(JSON.stringify(search.responses["200"]?.content)).not.toContain("x-unknown");
  });

  it("say so when a service is unknown", async () => {
    await expect(loadDocument("v3", "nope")).rejects.toThrow('No document for service "nope" in v3.');
  });
});
