import type { Page } from "playwright-core";

/** What a screen reader and a keyboard need of a page; the problems found. */
export function pageProblems(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const problems: string[] = [];
    if (document.documentElement.lang === "") problems.push("the document has no language");
    if (document.title.trim() === "") problems.push("the document has no title");
    if (document.querySelectorAll("h1").length !== 1) problems.push(`${document.querySelectorAll("h1").length} first headings`);
    if (document.querySelectorAll("main").length !== 1) problems.push("no single main landmark");
    for (const field of document.querySelectorAll<HTMLInputElement>("input:not([type=hidden]), select, textarea"))
      if (![...(field.labels ?? [])].some((label) => label.textContent?.trim() !== "")) problems.push(`no label: ${field.outerHTML}`);
    for (const button of document.querySelectorAll("button, a"))
      if (button.textContent?.trim() === "") problems.push(`no text: ${button.outerHTML}`);
    for (const frame of document.querySelectorAll("iframe")) if (frame.title === "") problems.push("a frame without a title");
    if (document.documentElement.scrollWidth > window.innerWidth) problems.push("it scrolls sideways");
    const sizes = [...document.querySelectorAll("p, small, label, button")].map((one) => Number.parseFloat(getComputedStyle(one).fontSize));
    if (sizes.some((size) => size < 12)) problems.push("text smaller than 12 px");
    return problems;
  });
}
