import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** @throws Error naming what axe finds, what is wider than the page, and targets of less than 40 px. */
export async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(axe);
  const found = await page.evaluate(async () => {
    const { violations } = await (
      globalThis as unknown as {
        axe: { run: () => Promise<{ violations: readonly { id: string; nodes: readonly { html: string }[] }[] }> };
      }
    ).axe.run();
    const wide = document.documentElement.scrollWidth > document.documentElement.clientWidth ? ["the page scrolls sideways"] : [];
    const small = [...document.querySelectorAll<HTMLElement>("button, select, input:not([type=hidden]), a.button, textarea")]
      .filter(
        (element) =>
          element.checkVisibility() && element.getBoundingClientRect().height < 39.5 && element.getBoundingClientRect().height > 1,
      )
      .map((element) => `smaller than 40 px: ${element.outerHTML.slice(0, 120)}`);
    return [...violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`), ...wide, ...small];
  });
  if (found.length > 0) throw new Error(`${page.url()} at ${page.viewportSize()?.width} px:\n${found.join("\n")}`);
}
