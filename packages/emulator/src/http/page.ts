import { html, raw } from "hono/html";
import { pageStyle } from "./page-style.ts";

/** Markup that has been escaped. */
export type Markup = ReturnType<typeof html>;

/** One of the emulator's pages. */
export interface Page {
  readonly title: string;
  readonly body: Markup;
  readonly status?: number;
  /** For pages that show another one. */
  readonly isWide?: boolean;
  /** Allows the page's own script, and frames of any origin. No other page has either. */
  readonly scriptNonce?: string;
  /** The page's script may call its own origin. */
  readonly connects?: boolean;
  /** Looks of this page alone, beside those of all. */
  readonly style?: string;
}

/** Writes a page. */
export async function renderPage({
  title,
  body,
  status = 200,
  isWide = false,
  scriptNonce,
  connects = false,
  style = "",
}: Page): Promise<Response> {
  const text = await html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <style>
          ${raw(pageStyle)}${raw(style)}
        </style>
      </head>
      <body>
        <p class="banner">Emulator on this machine: nothing on this page reaches HighLevel.</p>
        <main${raw(isWide ? ' class="wide"' : "")}>${body}</main>
      </body>
    </html> `;
  const script =
    scriptNonce === undefined ? "" : ` script-src 'nonce-${scriptNonce}'; frame-src http: https:;${connects ? " connect-src 'self';" : ""}`;
  return new Response(String(text), {
    status,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": `default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none';${script}`,
      "referrer-policy": "same-origin",
      "x-content-type-options": "nosniff",
      "cache-control": "no-store",
    },
  });
}

/** A page that says why it goes no further. */
export function problemPage(status: number, problem: string): Promise<Response> {
  return renderPage({
    title: "The app cannot be installed",
    status,
    body: html`<h1>The app cannot be installed</h1>
      <p class="problem" role="alert">${problem}</p>`,
  });
}
