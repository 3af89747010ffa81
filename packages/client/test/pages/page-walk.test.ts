import type { Pagination } from "@ghlkit/contract";
import { describe, expect, it } from "vitest";
import type { CallOptions, ListCall, ListOptions, Page } from "../../src/call/call-types.ts";
import { buildClient } from "../../src/build-client.ts";
import { operation, tableOf } from "../operation.ts";
import { recordedFetch, rejection } from "../recorded-fetch.ts";

interface Item {
  readonly id: number;
}
type List = (input?: object, options?: ListOptions & CallOptions) => ListCall<unknown, Item>;

function list(
  pagination: Pagination,
  answers: readonly (object | Error)[],
): { readonly call: List; readonly requests: ReturnType<typeof recordedFetch>["requests"] } {
  const { fetch, requests } = recordedFetch(...answers);
  const row = operation({
    id: "things.list",
    pagination,
    ...(pagination.in === "body" ? { method: "POST" as const, body: "json" as const } : {}),
  });
  const client = buildClient(tableOf(row), { fetch, baseUrl: "https://example.com" }) as unknown as { things: { list: List } };
  return { call: client.things.list, requests };
}

async function collect<One>(source: AsyncIterable<One>): Promise<One[]> {
  const all: One[] = [];
  for await (const one of source) all.push(one);
  return all;
}

function queries(requests: readonly { readonly url: string }[]): string[] {
  return requests.map(({ url }) => new URL(url).search);
}

const offset: Pagination = {
  style: "offset",
  in: "query",
  cursor: ["skip"],
  size: "limit",
  items: "things",
  total: "total",
  asString: true,
};
const page = (...ids: number[]): readonly Item[] => ids.map((id) => ({ id }));

describe("walking a list", () => {
  it("counts by offset until the total is reached", async () => {
    const { call, requests } = list(offset, [
      { things: page(1, 2), total: 3 },
      { things: page(3), total: 3 },
    ]);
    expect(await collect(call({ limit: 2 }))).toEqual(page(1, 2, 3));
    expect(queries(requests)).toEqual(["?limit=2", "?limit=2&skip=2"]);
  });

  it("does not take a short page for the end: the platform may serve less than asked for", async () => {
    const { call } = list({ ...offset, total: "count" }, [
      { things: page(1, 2), count: 2 },
      { things: page(3), count: 1 },
      { things: [], count: 0 },
    ]);
    expect(await collect(call({ limit: 500 }))).toEqual(page(1, 2, 3));
  });

  it("counts pages from their base", async () => {
    const zero: Pagination = { style: "page", in: "query", cursor: ["page"], base: 0, items: "", total: "totalCount" };
    const { call, requests } = list({ ...zero, items: "data" }, [
      { data: page(1), totalCount: "2" },
      { data: page(2), totalCount: "2" },
    ]);
    expect(await collect(call())).toEqual(page(1, 2));
    expect(queries(requests)).toEqual(["", "?page=1"]);
  });

  it("carries both values of a keyset over, and ends when one is missing", async () => {
    const keyset: Pagination = {
      style: "cursor",
      in: "query",
      cursor: ["startAfter", "startAfterId"],
      next: ["meta.startAfter", "meta.startAfterId"],
      items: "things",
    };
    const { call, requests } = list(keyset, [
      { things: page(1), meta: { startAfter: 1700, startAfterId: "a" } },
      { things: page(2), meta: { startAfter: null, startAfterId: "b" } },
    ]);
    expect(await collect(call({ limit: 1 }))).toEqual(page(1, 2));
    expect(queries(requests)).toEqual(["?limit=1", "?limit=1&startAfter=1700&startAfterId=a"]);
  });

  it("takes searchAfter of the last item and drops the page of the first request", async () => {
    const search: Pagination = {
      style: "cursor",
      in: "body",
      cursor: ["searchAfter"],
      next: ["things.-1.searchAfter"],
      first: { page: 1 },
      items: "things",
    };
    const { call, requests } = list(search, [{ things: [{ id: 1, searchAfter: [5, "x"] }] }, { things: [] }]);
    await collect(call({ body: { pageLimit: 1 } }));
    expect(requests.map(({ body }) => JSON.parse(body as string) as unknown)).toEqual([
      { page: 1, pageLimit: 1 },
      { pageLimit: 1, searchAfter: [5, "x"] },
    ]);
  });

  it("goes on after an empty page that hands out a new cursor, and ends at one that hands the same one back", async () => {
    const cursor: Pagination = { style: "cursor", in: "query", cursor: ["cursor"], next: ["next"], items: "things" };
    const { call, requests } = list(cursor, [
      { things: [], next: "a" },
      { things: page(1), next: "b" },
      { things: [], next: "b" },
    ]);
    expect(await collect(call())).toEqual(page(1));
    expect(requests).toHaveLength(3);
  });

  it("ends a cursor walk at the total, unless the total may be a cap of the index", async () => {
    const search: Pagination = { style: "cursor", in: "query", cursor: ["after"], next: ["things.-1.id"], items: "things", total: "total" };
    const small = list(search, [{ things: page(1, 2), total: 2 }]);
    expect(await collect(small.call())).toEqual(page(1, 2));
    const capped = list(search, [
      { things: page(1), total: 10_000 },
      { things: [], total: 10_000 },
    ]);
    expect(await collect(capped.call())).toEqual(page(1));
    expect(capped.requests).toHaveLength(2);
  });

  describe("whose cursor is the time of its last record", () => {
    const byTime: Pagination = { style: "cursor", in: "query", cursor: ["until"], next: ["things.-1.at"], items: "things", total: "total" };
    const things = (...rows: readonly (readonly [id: number, at: number])[]) => rows.map(([id, time]) => ({ id, at: time }));
    const pages = [
      { things: things([1, 9], [2, 8], [3, 8]), total: 6 },
      { things: things([2, 8], [3, 8], [4, 7]), total: 6 },
      { things: things([4, 7], [5, 6], [6, 5]), total: 6 },
    ];
    const ids = async (call: AsyncIterable<Item>): Promise<number[]> => (await collect(call)).map(({ id }) => id);

    it("gives those of one moment once, and all that there are, where the platform gives them again", async () => {
      const { call, requests } = list(byTime, pages);
      expect(await ids(call())).toEqual([1, 2, 3, 4, 5, 6]);
      expect(queries(requests)).toEqual(["", "?until=8", "?until=7"]);
    });

    it("goes on from elsewhere without them", async () => {
      const walked: Page<unknown, Item>[] = [];
      for await (const one of list(byTime, pages).call().pages()) {
        walked.push(one);
        break;
      }
      const rest = list(byTime, pages.slice(1));
      expect(await ids(rest.call({}, { resume: walked[0]?.resume as string }))).toEqual([4, 5, 6]);
      expect(await rejection(collect(rest.call({}, { resume: '["things.list",1,{"until":8},"2"]' })))).toMatchObject({
        code: "invalid_request",
      });
    });

    it("ends at the last record where no total is stated", async () => {
      const { call } = list(byTime, [{ things: things([1, 9], [2, 8]) }, { things: things([2, 8]) }]);
      expect(await ids(call())).toEqual([1, 2]);
    });

    it("refuses a moment of more records than a page holds, instead of leaving some out", async () => {
      const { call } = list(byTime, [
        { things: things([1, 8], [2, 8]), total: 4 },
        { things: things([1, 8], [2, 8]), total: 4 },
      ]);
      expect(await rejection(collect(call()))).toMatchObject({ code: "invalid_response" });
    });

    describe("resumed from the last page before such a moment", () => {
      const full = { things: things([2, 8], [3, 8]), total: 5 };
      const resume = async (): Promise<string> => {
        const walked: Page<unknown, Item>[] = [];
        const walk = async (): Promise<void> => {
          const { call } = list({ ...byTime, size: "limit" }, [{ things: things([1, 9], [2, 8]), total: 5 }, full]);
          for await (const one of call({ limit: 2 }).pages()) walked.push(one);
        };
        expect(await rejection(walk())).toMatchObject({ code: "invalid_response" });
        expect(walked.map(({ items }) => items.map(({ id }) => id))).toEqual([[1, 2], [3]]);
        return walked[1]?.resume as string;
      };

      it.each([
        ["the page size that was asked for", { limit: 2 }],
        ["a page size that is not known", {}],
      ])("refuses it again, at %s, instead of ending before records that were never given", async (_, input) => {
        const { call } = list({ ...byTime, size: "limit" }, [full]);
        expect(await rejection(ids(call(input, { resume: await resume() })))).toMatchObject({ code: "invalid_response" });
      });

      it.each([
        ["the total is reached", { ...full, total: 3 }],
        ["the page is shorter than the one before", { things: things([3, 8]), total: 5 }],
      ])("ends where %s", async (_, answer) => {
        const { call } = list({ ...byTime, size: "limit" }, [answer]);
        expect(await ids(call({ limit: 2 }, { resume: await resume() }))).toEqual([]);
      });
    });
  });

  it("does not take equal records without ids for the same page", async () => {
    const { call } = list({ ...offset, items: "things" }, [
      { things: [{ name: "x" }], total: 2 },
      { things: [{ name: "x" }], total: 2 },
    ]);
    expect(await collect(call())).toHaveLength(2);
  });

  it("reports a bad resume token once, to the loop", async () => {
    const unhandled: unknown[] = [];
    const listen = (reason: unknown): number => unhandled.push(reason);
    process.on("unhandledRejection", listen);
    const { call } = list(offset, []);
    expect(await rejection(collect(call({}, { resume: "junk" })))).toMatchObject({ code: "invalid_request" });
    expect(await rejection(collect(call({}, { resume: "junk" }).pages()))).toMatchObject({ code: "invalid_request" });
    await new Promise((resolve) => setTimeout(resolve, 20));
    process.off("unhandledRejection", listen);
    expect(unhandled).toEqual([]);
  });

  it("refuses a cursor that comes twice", async () => {
    const cursor: Pagination = { style: "cursor", in: "query", cursor: ["cursor"], next: ["next"], items: "things" };
    const { call, requests } = list(cursor, [
      { things: page(1), next: "a" },
      { things: page(2), next: "a" },
    ]);
    expect(await rejection(collect(call()))).toMatchObject({ code: "invalid_response" });
    expect(requests).toHaveLength(2);
  });

  it("refuses a platform that ignores the offset", async () => {
    const { call, requests } = list({ ...offset, total: "" }, [{ things: page(1, 2) }, { things: page(1, 2) }]);
    expect(await rejection(collect(call()))).toMatchObject({ code: "invalid_response" });
    expect(requests).toHaveLength(2);
  });

  it("refuses an answer without the list instead of ending quietly", async () => {
    const { call } = list(offset, [{ message: "?" }]);
    expect(await rejection(collect(call()))).toMatchObject({ code: "invalid_response" });
  });

  it("gives pages with raw data, total and a token to go on from elsewhere", async () => {
    const first = list(offset, [{ things: page(1), total: 2, note: "kept" }]);
    const walked: Page<unknown, Item>[] = [];
    for await (const one of first.call({ limit: 1 }).pages()) {
      walked.push(one);
      break;
    }
    expect(walked).toMatchObject([{ items: page(1), number: 1, total: 2, data: { note: "kept" } }]);
    const second = list(offset, [{ things: page(2), total: 2 }]);
    const resume = walked[0]?.resume as string;
    expect(await collect(second.call({ limit: 1 }, { resume }))).toEqual(page(2));
    expect(queries(second.requests)).toEqual(["?limit=1&skip=1"]);
  });

  it("refuses a token of another list before sending", async () => {
    const { call, requests } = list(offset, []);
    expect(await rejection(call({}, { resume: '["other.list",1,{}]' }))).toMatchObject({ code: "invalid_request" });
    expect(await rejection(call({}, { resume: "junk" }))).toMatchObject({ code: "invalid_request" });
    expect(requests).toHaveLength(0);
  });

  it("ends at once when its signal fires between pages", async () => {
    const abort = new AbortController();
    const { call, requests } = list(offset, [{ things: page(1), total: 9 }]);
    const seen: Item[] = [];
    const walk = async (): Promise<void> => {
      for await (const item of call({}, { signal: abort.signal })) {
        seen.push(item);
        abort.abort();
      }
    };
    expect(await rejection(walk())).toMatchObject({ code: "aborted" });
    expect(seen).toEqual(page(1));
    expect(requests).toHaveLength(1);
  });

  it("awaited, gives the first page alone", async () => {
    const { call, requests } = list(offset, [{ things: page(1), total: 9 }]);
    expect(await call()).toEqual({ things: page(1), total: 9 });
    expect(requests).toHaveLength(1);
  });
});
