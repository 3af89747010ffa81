import { createHash } from "node:crypto";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** A script or style sheet of a page, under a name that changes with its content. */
export interface Asset {
  readonly path: string;
  readonly type: string;
  readonly content: Uint8Array;
}

/** Bundles the script of a page, and the styles that it imports. */
export async function bundlePage(script: URL): Promise<readonly Asset[]> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(script)],
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    jsx: "automatic",
    jsxImportSource: "preact",
    outdir: "/",
    write: false,
    logLevel: "silent",
  });
  return outputFiles.map(({ path, contents }) => {
    const extension = extname(path);
    const hash = createHash("sha256").update(contents).digest("base64url").slice(0, 12);
    return {
      path: `/assets/${hash}${extension}`,
      type: extension === ".css" ? "text/css; charset=utf-8" : "text/javascript; charset=utf-8",
      content: contents,
    };
  });
}

/** The first HTML of a page: it holds the state, so that the first rows are shown without another request. */
export function renderShell(title: string, assets: readonly Asset[], boot: object): string {
  const json = JSON.stringify(boot).replaceAll("<", "\\u003c");
  const tags = assets.map(({ path }) =>
    path.endsWith(".css") ? `<link rel="stylesheet" href="${path}">` : `<script type="module" src="${path}"></script>`,
  );
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title><link rel="icon" href="data:,">${tags.join("")}</head>
<body><div id="page"></div><noscript>This page needs JavaScript.</noscript><script type="application/json" id="boot">${json}</script></body></html>`;
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
