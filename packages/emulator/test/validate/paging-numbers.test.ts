import { describe, expect, test } from "vitest";
import { createTestClient } from "../test-client.ts";

describe("numbers of pages", () => {
  const { call, emulator } = createTestClient();
  const { locationId } = emulator.seed;
  const list = (path: string, query: string, version = "2021-07-28") =>
    call("GET", `${path}?locationId=${locationId}&${query}`, { version });

  test.each([
    ["/contacts/", "limit=0", "limit must not be less than 1"],
    ["/contacts/", "limit=-1", "limit must not be less than 1"],
    ["/contacts/", "limit=1.5", "limit must be an integer number"],
    ["/contacts/", "limit=1&limit=2", "limit must be a number conforming to the specified constraints"],
    ["/businesses/", "limit=-1", "limit must not be less than 1"],
    ["/businesses/", "limit=many", "limit must be a number string"],
    ["/businesses/", "skip=-1", "skip must not be less than 0"],
    ["/forms/", "skip=0.5", "skip must be an integer number"],
    ["/forms/submissions", "page=-2", "page must not be less than 0"],
  ])("%s?%s is refused", async (path, query, message) => {
    const { status, body } = await list(path, query);
    expect([status, body.message]).toEqual([422, [message]]);
  });

  test("a value that is repeated is no single value", async () => {
    const { status, body } = await call("GET", `/users/search?companyId=${emulator.seed.companyId}&companyId=other`);
    expect([status, body.message]).toEqual([422, ["companyId must be a string"]]);
  });

  test("in a body", async () => {
    const search = (fields: object) => call("POST", "/contacts/search", { body: { locationId, pageLimit: 5, page: 1, ...fields } });
    expect((await search({ pageLimit: 0 })).body.message).toContain("pageLimit must not be less than 1");
    expect((await search({ pageLimit: 2.5 })).body.message).toContain("pageLimit must be an integer number");
    expect((await search({})).status).toBe(200);
  });

  test("a list takes 0 for the default where its documents say so", async () => {
    expect((await list("/products/", "limit=0&offset=0")).status).toBe(200);
  });

  test("where they are not checked, what is none counts as absent: lists still end", async () => {
    const lax = createTestClient({ pagingNumbers: "any" });
    for (let count = 0; count < 3; count += 1)
      await lax.call("POST", "/contacts/", { body: { locationId, email: `page-${count}@example.com` } });
    const { status, body } = await lax.call("GET", `/contacts/?locationId=${locationId}&limit=0`, { version: "2021-07-28" });
    expect([status, body.contacts.length, body.meta.nextPageUrl ?? null]).toEqual([200, 3, null]);
  });
});
