import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { installTool } from "../install-tool.ts";
import type { Target } from "../program/target.ts";
import { problemsOf } from "../run-program.ts";
import type { Project, Runtime } from "../runtime.ts";

interface Miniflare {
  readonly ready: Promise<URL>;
  readonly dispose: () => Promise<void>;
}

type MakeMiniflare = new (options: Readonly<Record<string, unknown>>) => Miniflare;

/** The oldest date whose rules for promises of other requests differ, and a recent one. */
const compatibilityDates = ["2024-09-01", "2026-01-01"] as const;

/** The runtime of Cloudflare Workers: everything at module scope, one client for many requests, requests that end in the middle. */
export const workers: Runtime = {
  name: "Cloudflare Workers",
  run: async ({ root, project, aim }) => {
    const tool = await installTool(root, "workers");
    const found: string[] = [];
    for (const compatibilityDate of compatibilityDates) {
      const { target, problems } = await aim({ knowsRefusals: false });
      const { Miniflare } = (await import(pathToFileURL(join(tool, "node_modules/miniflare/dist/src/index.js")).href)) as {
        readonly Miniflare: MakeMiniflare;
      };
      const script = await bundle(project, target);
      const miniflare = new Miniflare({ modules: true, script, compatibilityDate, host: "127.0.0.1", port: 0 });
      try {
        const ask = asker(await miniflare.ready);
        found.push(...problemsOf((await ask("/program")).text), ...(await problems()), ...(await problemsOfSharing(ask, target)));
      } finally {
        await miniflare.dispose();
      }
    }
    return found;
  },
};

async function bundle(project: Project, target: Target): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(project.folder, "worker.mjs")],
    bundle: true,
    format: "esm",
    write: false,
    conditions: ["workerd", "worker", "browser"],
    define: { target: JSON.stringify(target) },
  });
  return outputFiles[0]?.text ?? "";
}

interface Answered {
  readonly path: string;
  readonly status: number;
  readonly text: string;
}

type Ask = (path: string) => Promise<Answered>;

/** A client that waits for a minute: nothing here takes so long, however busy the machine is. */
function asker(url: URL): Ask {
  return async (path) => {
    try {
      const answer = await fetch(new URL(path, url), { signal: AbortSignal.timeout(60_000) });
      return { path, status: answer.status, text: await answer.text() };
    } catch (error) {
      return { path, status: 0, text: String(error) };
    }
  };
}

/** Many requests at once and after one another, then again beside requests that end in the middle. */
async function problemsOfSharing(ask: Ask, target: Target): Promise<readonly string[]> {
  const many = (path: string, count: number): Promise<Answered>[] => Array.from({ length: count }, () => ask(path));
  const { pathname, search } = new URL(target.laterCallback);
  const answers: Answered[] = [await ask(`${pathname}${search}`)];
  for (let turn = 0; turn < 10; turn += 1) answers.push(await ask("/read"));
  const isWrong = ({ status }: Answered): boolean => status !== 200;
  for (const path of ["/read-slow", "/list", "/limited", "/shared", "/of-app"]) {
    answers.push(...(await Promise.all(many(path, 8))));
    const left = Array.from({ length: 4 }, (_, at) => ask(`/left${path}?afterMs=${at * 60}`));
    answers.push(...(await Promise.all(many(path, 4))));
    await Promise.all(left);
    answers.push(...(await Promise.all(many(path, 4))));
    // A call that hangs shows as many that do.
    if (answers.some(isWrong)) break;
  }
  return answers.filter(isWrong).map(({ path, status, text }) => `${path} answered ${status}: ${text.slice(0, 1500)}`);
}
