import { spawn, type ChildProcess } from "node:child_process";
import { createServer, type AddressInfo } from "node:net";
import { cp, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { runCommand } from "../../run-command.ts";
import { problemsOf } from "../run-program.ts";
import type { Runtime } from "../runtime.ts";
import { tools } from "../versions.ts";

/** Route handlers of a Next.js app, built for production and started: one on Node.js with `ghlkit/node`, one on the edge runtime. */
export const next: Runtime = {
  name: "Next.js route handlers, node and edge",
  isSlow: true,
  run: async ({ root, project, folder, aim }) => {
    const [node, edge] = [await aim(), await aim()];
    // Its compiler takes no package in from elsewhere, so that the app has its own.
    await project.installWith(tools.next, folder);
    for (const name of ["program", "bundled"]) await cp(join(project.folder, `${name}.mjs`), join(folder, `${name}.mjs`));
    await writeFile(join(folder, "next.config.mjs"), `export default { turbopack: { root: ${JSON.stringify(folder)} } };`);
    await writeRoute(folder, "node", "nodejs", "bundled", "runBundled", JSON.stringify(node.target));
    await writeRoute(folder, "edge", "edge", "program", "runProgram", JSON.stringify(edge.target));
    const layout = "export default function Layout({ children }) { return <html><body>{children}</body></html>; }";
    await writeFile(join(folder, "app", "layout.jsx"), layout);
    const bin = join(folder, "node_modules/next/dist/bin/next");
    const built = await runCommand(root, ["env", "NEXT_TELEMETRY_DISABLED=1", "node", bin, "build"], folder);
    if (!built.ok) return [built.output];
    const answers = await answersOf(root, bin, folder);
    return [...answers.flatMap((text) => problemsOf(text)), ...(await node.problems()), ...(await edge.problems())];
  },
};

async function writeRoute(folder: string, name: string, runtime: string, file: string, run: string, target: string): Promise<void> {
  await mkdir(join(folder, "app", name), { recursive: true });
  const code = `import { ${run} } from "../../${file}.mjs";
export const runtime = "${runtime}";
export const dynamic = "force-dynamic";
export async function GET() {
  return Response.json(await ${run}(${target}));
}
`;
  await writeFile(join(folder, "app", name, "route.js"), code);
}

/** Asks both routes of the started app. */
async function answersOf(root: string, bin: string, folder: string): Promise<readonly string[]> {
  const port = await freePort();
  const server = spawn(join(root, "node_modules/.bin/node"), [bin, "start", "--port", String(port), "--hostname", "127.0.0.1"], {
    cwd: folder,
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1" },
    stdio: "ignore",
    detached: true,
  });
  try {
    await untilAnswers(`http://127.0.0.1:${port}/`);
    const answer = async (name: string): Promise<string> => (await fetch(`http://127.0.0.1:${port}/${name}`)).text();
    return [await answer("node"), await answer("edge")];
  } finally {
    stop(server);
  }
}

/** It starts others: the whole group ends. */
function stop({ pid }: ChildProcess): void {
  if (pid !== undefined) process.kill(-pid, "SIGKILL");
}

async function untilAnswers(url: string): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt += 1) {
    const isUp = await fetch(url).then(
      () => true,
      () => false,
    );
    if (isUp) return;
    await wait(100);
  }
  throw new Error("next start did not answer within a minute.");
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return port;
}
