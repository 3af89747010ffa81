import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Frame, Page } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Rules for structure depend on the width, contrast on the scheme too. 640 px are what a zoom of 200 % leaves of 1280. */
const looks = [
  { width: 1280, scheme: "light", rules: "all" },
  { width: 1280, scheme: "dark", rules: "contrast" },
  { width: 390, scheme: "dark", rules: "all" },
  { width: 390, scheme: "light", rules: "contrast" },
  { width: 640, scheme: "light", rules: "none" },
  { width: 320, scheme: "light", rules: "none" },
] as const;

type Rules = (typeof looks)[number]["rules"];

/**
 * What the page shows now, in light and dark at 1280 and 390 px by axe; and that nothing is wider than the page or a smaller target than
 * 40 px, at 320 px and a zoom of 200 % as well.
 * @throws Error naming all that was found.
 */
export async function expectAccessible(page: Page): Promise<void> {
  const size = page.viewportSize() ?? { width: 1280, height: 800 };
  const found: string[] = [];
  for (const { width, scheme, rules } of looks) {
    await page.setViewportSize({ width, height: width < 500 ? 844 : 800 });
    await page.emulateMedia({ colorScheme: scheme });
    const problems = [...(await misfits(page)), ...(await violations(page, rules))];
    found.push(...problems.map((problem) => `${width} px, ${scheme}: ${problem}`));
  }
  await page.setViewportSize(size);
  await page.emulateMedia({ colorScheme: null });
  if (found.length > 0) throw new Error(`${page.url()}\n${found.join("\n")}`);
}

async function misfits(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const wide = document.documentElement.scrollWidth > document.documentElement.clientWidth ? ["the page scrolls sideways"] : [];
    const small = [...document.querySelectorAll<HTMLElement>("button, select, input:not([type=hidden]), a.button, textarea")]
      .filter(
        (element) =>
          element.checkVisibility() && element.getBoundingClientRect().height < 39.5 && element.getBoundingClientRect().height > 1,
      )
      .map((element) => `smaller than 40 px: ${element.outerHTML.slice(0, 120)}`);
    return [...wide, ...small];
  });
}

interface Axe {
  readonly run: (
    root: Document,
    options: object,
  ) => Promise<{ readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[] }>;
}

/** Of the page, and of what it frames; mail in a sandbox runs no script. */
async function violations(page: Page, rules: Rules): Promise<readonly string[]> {
  if (rules === "none") return [];
  const frames = page.frames().filter((frame) => frame.url().startsWith("http"));
  return (await Promise.all(frames.map((frame) => violationsIn(frame, rules)))).flat();
}

async function violationsIn(frame: Frame, rules: Rules): Promise<readonly string[]> {
  if (!(await frame.evaluate(() => "axe" in globalThis))) await frame.evaluate(axe);
  return frame.evaluate(async (only) => {
    const options = { iframes: false, resultTypes: ["violations"], ...(only === "contrast" && { runOnly: ["color-contrast"] }) };
    const result = await (globalThis as unknown as { axe: Axe }).axe.run(document, options);
    return result.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`);
  }, rules);
}
