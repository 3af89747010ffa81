import { execFileSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { measure, median, type Measure } from "../measure.ts";
import type { PublishedCopy } from "../published-copy.ts";
import { compilers } from "./compilers.ts";

const rounds = 3;
const generations = { v3: "@ghlkit/client", v2: "@ghlkit/client/v2" } as const;

/** What compiling a program costs that calls an operation of every service of both generations, beside one that makes the clients alone. */
export async function programCost({ folder }: PublishedCopy): Promise<readonly Measure[]> {
  const calls = await Promise.all((["v3", "v2"] as const).map(callsOfServices));
  const clients = Object.entries(generations).map(
    ([name, from]) => `import { createClient as ${name}Client } from "${from}";\nexport const ${name} = ${name}Client();\n`,
  );
  await writeProgram(folder, "services", [...clients, ...calls.flat()].join(""));
  await writeProgram(folder, "clients", clients.join(""));
  const name = `program that calls all ${calls.flat().length} services of both generations`;
  return compilers.flatMap(({ version, tsc }) => {
    const empty = costOf(folder, tsc, "clients");
    const full = costOf(folder, tsc, "services");
    return [
      measure(`${name}, TypeScript ${version}: compile time`, full.seconds, "s", {}, { "without a call": empty.seconds }),
      measure(`${name}, TypeScript ${version}: memory`, full.megabytes, "MB", {}, { "without a call": empty.megabytes }),
    ];
  });
}

/** The first call of each service, out of those that are generated for the tests. */
async function callsOfServices(generation: keyof typeof generations): Promise<readonly string[]> {
  const text = await readFile(new URL(`../../../client/test/generated/calls-${generation}.ts`, import.meta.url), "utf8");
  const first = new Map<string, string>();
  for (const [, service = "", call = ""] of text.matchAll(/^ {2}"(\w+)\.\w+": \(client\) => client\.(.*),$/gm))
    if (!first.has(service)) first.set(service, call);
  return [...first].map(([service, call]) => `export const ${generation}${service} = await ${generation}.${call};\n`);
}

async function writeProgram(folder: string, name: string, text: string): Promise<void> {
  await writeFile(`${folder}/${name}.ts`, text);
  const compilerOptions = {
    noEmit: true,
    strict: true,
    skipLibCheck: true,
    module: "nodenext",
    target: "es2023",
    lib: ["es2023", "dom", "dom.iterable", "dom.asynciterable"],
    types: [],
  };
  await writeFile(`${folder}/${name}.json`, JSON.stringify({ compilerOptions, files: [`${name}.ts`] }));
}

function costOf(folder: string, tsc: string, name: string): { readonly seconds: number; readonly megabytes: number } {
  const runs = Array.from({ length: rounds }, () =>
    execFileSync(process.execPath, [tsc, "--extendedDiagnostics", "--project", `${name}.json`], { cwd: folder, encoding: "utf8" }),
  );
  const number = (text: string, label: string): number => Number(new RegExp(`^${label}:\\s+([\\d.]+)`, "m").exec(text)?.[1] ?? Number.NaN);
  return {
    seconds: median(runs.map((text) => number(text, "Total time"))),
    megabytes: median(runs.map((text) => number(text, "Memory used") / 1024)),
  };
}
