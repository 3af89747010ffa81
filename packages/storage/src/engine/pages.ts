import type { Principal } from "@ghlkit/core";

/**
 * Goes through a list page by page. `page` gets the key of the last record seen and answers with the records after it,
 * at most as many as a page holds; a short page is the last one.
 */
export async function* pages<Stored extends { readonly principal: Principal }>(
  pageSize: number,
  page: (after: Principal | undefined) => Promise<readonly Stored[]>,
): AsyncGenerator<Stored, void, undefined> {
  let after: Principal | undefined;
  for (;;) {
    const records = await page(after);
    yield* records;
    after = records.at(-1)?.principal;
    if (records.length < pageSize || after === undefined) return;
  }
}
