import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { build } from "esbuild";

/** The part of miniflare that is used. */
export interface Miniflare {
  readonly ready: Promise<URL>;
  readonly dispose: () => Promise<void>;
}

type MakeMiniflare = new (options: Readonly<Record<string, unknown>>) => Miniflare;

/** 174 MB with the runtime of Workers: installed by who runs these tests instead of by everyone. */
const version = "4.20260730.0";
const folder = fileURLToPath(new URL(`../../../../../.tmp/miniflare-${version}`, import.meta.url));

/** Installs miniflare, unless it is there. @returns why it cannot be had. */
export async function installMiniflare(): Promise<string | undefined> {
  if (existsSync(folder)) return undefined;
  const making = `${folder}.${process.pid}`;
  try {
    await mkdir(making, { recursive: true });
    await writeFile(join(making, "package.json"), JSON.stringify({ private: true, dependencies: { miniflare: version } }));
    const install = ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock"];
    await promisify(execFile)("npm", install, { cwd: making, timeout: 90_000 });
    // In one step: a run beside this one sees all of it or nothing.
    await rename(making, folder);
    return undefined;
  } catch (error) {
    await rm(making, { recursive: true, force: true });
    return existsSync(folder) ? undefined : `miniflare ${version} cannot be installed: ${String(error).slice(0, 300)}`;
  }
}

/** Bundles the worker as for production, nothing of Node in it, and runs it in the runtime of Workers. */
export async function startWorker(
  define: Readonly<Record<string, string>>,
): Promise<{ readonly url: URL; readonly stop: () => Promise<void> }> {
  const entry = fileURLToPath(new URL("worker.ts", import.meta.url));
  const values = Object.fromEntries(Object.entries(define).map(([name, value]) => [name, JSON.stringify(value)]));
  const { outputFiles } = await build({ entryPoints: [entry], bundle: true, format: "esm", write: false, define: values });
  const script = outputFiles[0]?.text ?? "";
  const entryPoint = pathToFileURL(join(folder, "node_modules/miniflare/dist/src/index.js")).href;
  const { Miniflare } = (await import(/* @vite-ignore */ entryPoint)) as { readonly Miniflare: MakeMiniflare };
  const miniflare = new Miniflare({ modules: true, script, compatibilityDate: "2026-01-01", host: "127.0.0.1", port: 0 });
  return { url: await miniflare.ready, stop: () => miniflare.dispose() };
}
