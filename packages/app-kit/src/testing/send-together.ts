import type { Page } from "playwright-core";

/** Acts on several pages at once. What they send to `path` leaves when all have acted: none of them sees what another one did before. */
export async function sendTogether(pages: readonly Page[], path: string, act: (page: Page) => Promise<void>): Promise<void> {
  const { promise: haveActed, resolve: release } = Promise.withResolvers<void>();
  for (const page of pages)
    await page.route(
      ({ pathname }) => pathname === path,
      async (route) => {
        await haveActed;
        await route.continue();
      },
    );
  await Promise.all(pages.map(act));
  release();
}
