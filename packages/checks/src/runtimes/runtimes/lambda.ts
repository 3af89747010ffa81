import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import { runCommand } from "../../run-command.ts";
import { problemsOf } from "../run-program.ts";
import type { Runtime } from "../runtime.ts";

interface Result {
  readonly statusCode: number;
  readonly body: string;
}

/** One CommonJS file, as tools for AWS Lambda make it with esbuild, that is handed events of API Gateway one after the other. */
export const lambda: Runtime = {
  name: "AWS Lambda (esbuild, one file)",
  run: async ({ root, project, folder, aim }) => {
    const { target, problems } = await aim();
    const entry = join(project.folder, "lambda-entry.mjs");
    const made = `import { createHandler } from "./lambda.mjs";\nexport const handler = createHandler(${JSON.stringify(target)});\n`;
    await writeFile(entry, made);
    const outfile = join(folder, "index.js");
    await build({ entryPoints: [entry], outfile, bundle: true, platform: "node", format: "cjs", target: "node22", logLevel: "silent" });
    const { pathname, search } = new URL(target.laterCallback);
    const { body, headers } = target.delivery;
    const delivery = { body: Buffer.from(body).toString("base64"), isBase64Encoded: true, headers };
    const events = [
      event("POST", "/hooks", delivery),
      event("POST", "/hooks", { ...delivery, headers: {} }),
      event("GET", pathname, { rawQueryString: search.slice(1) }),
      event("POST", "/run"),
    ];
    await writeFile(join(folder, "runner.js"), runner(events));
    const { ok, output } = await runCommand(root, ["node", "runner.js"], folder);
    const line = output.split("\n").find((text) => text.startsWith("[{"));
    if (!ok || line === undefined) return [output];
    const results = JSON.parse(line) as readonly Result[];
    const statuses = results.map(({ statusCode }) => statusCode).join(" ");
    const wrong = statuses === "200 401 200 200" ? [] : [`answers were ${statuses}: ${output.slice(0, 2000)}`];
    return [...wrong, ...problemsOf(results[3]?.body ?? ""), ...(await problems())];
  },
};

/** An event of an HTTP API (payload 2.0). */
function event(method: string, rawPath: string, more: object = {}): object {
  const requestContext = { http: { method, path: rawPath, sourceIp: "192.0.2.1" } };
  return {
    version: "2.0",
    routeKey: "$default",
    rawPath,
    rawQueryString: "",
    headers: {},
    isBase64Encoded: false,
    requestContext,
    ...more,
  };
}

function runner(events: readonly object[]): string {
  return `const { handler } = require("./index.js");
(async () => {
  const results = [];
  for (const event of ${JSON.stringify(events)}) results.push(await handler(event));
  console.log(JSON.stringify(results));
})();
`;
}
