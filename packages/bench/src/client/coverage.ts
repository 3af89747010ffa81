import { readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { documentServices, type Generation } from "@ghlkit/contract-documents";
import { parse } from "yaml";
import { measure, type Measure } from "../measure.ts";

const facades: Readonly<Record<Generation, string>> = { v3: "../../../client/src/generated/v3", v2: "../../../client/src/generated/v2" };

/** How many operations are typed, and how many answers, counted in what is generated and in what the official client ships. */
export async function coverage(): Promise<readonly Measure[]> {
  const official = await officialMethods();
  const any = (
    await Promise.all(
      ["../../../contract/src/generated", "../../../client/src/generated"].map((folder) =>
        countAny(fileURLToPath(new URL(folder, import.meta.url))),
      ),
    )
  ).reduce((a, b) => a + b, 0);
  return [
    ...(await generationCoverage("v2", 576, official.methods - official.any)),
    ...(await generationCoverage("v3", 627, official.methods - official.any)),
    measure("`any` in generated types", any, "", { atMost: 0 }, { "@gohighlevel/api-client methods returning any": official.any }),
  ];
}

async function generationCoverage(generation: Generation, operations: number, officialTyped: number): Promise<readonly Measure[]> {
  const methods = await facadeMethods(generation);
  const unknown = methods.filter((line) => /(?:List)?Call<unknown\b/.test(line)).length;
  const vendor = await vendorTypedAnswers(generation);
  return [
    measure(`operations with typed input, ${generation}`, methods.length, "", { atLeast: operations }),
    measure(
      `operations with typed output, ${generation} (the rest is unknown)`,
      methods.length - unknown,
      "",
      { atLeast: vendor + 1 },
      { "vendor's files alone": vendor, "@gohighlevel/api-client": officialTyped },
    ),
    measure(`answers that are unknown, ${generation}`, unknown, ""),
  ];
}

/** Methods of the root interfaces: one line each. Those of the bound clients repeat them. */
async function facadeMethods(generation: Generation): Promise<readonly string[]> {
  const slugs = documentServices(generation);
  const texts = await Promise.all(slugs.map((slug) => readFile(new URL(`${facades[generation]}/${slug}.ts`, import.meta.url), "utf8")));
  return texts.flatMap((text) => {
    const root = text.slice(text.indexOf("export interface "), text.indexOf("\n}\n", text.indexOf("export interface ")));
    return root.split("\n").filter((line) => /options\?: (?:Call|List)Options\): /.test(line));
  });
}

interface Documented {
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, { readonly schema?: object }>> }>>;
}

/** Answers that the vendor's files describe by themselves: the documents as synced, without what an overlay adds. */
async function vendorTypedAnswers(generation: Generation): Promise<number> {
  const folder = fileURLToPath(new URL(`../../../../openapi/${generation}/`, import.meta.url));
  const files = (await readdir(folder)).filter((name) => name.endsWith(".yaml"));
  const documents = await Promise.all(
    files.map(
      async (name) =>
        parse(await readFile(join(folder, name), "utf8")) as {
          readonly paths: Readonly<Record<string, Readonly<Record<string, Documented>>>>;
        },
    ),
  );
  return documents
    .flatMap(({ paths }) => Object.values(paths))
    .flatMap((item) => Object.values(item))
    .filter(isTyped).length;
}

function isTyped({ responses }: Documented): boolean {
  const success = Object.entries(responses).find(([status]) => status.startsWith("2"))?.[1];
  const schema = Object.values(success?.content ?? {})[0]?.schema;
  return schema !== undefined && Object.keys(schema).some((key) => key !== "x-unknown");
}

async function countAny(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && entry.name.endsWith(".ts") && !entry.parentPath.includes("documents"));
  const texts = await Promise.all(files.map((entry) => readFile(join(entry.parentPath, entry.name), "utf8")));
  return texts.reduce((sum, text) => sum + (text.match(/(?:[:<|&[(,]\s*|\bas )any\b/g)?.length ?? 0), 0);
}

/** Methods of the official client's services, and those among them that promise `any`. */
async function officialMethods(): Promise<{ readonly methods: number; readonly any: number }> {
  const entry = createRequire(import.meta.url).resolve("@gohighlevel/api-client");
  const folder = join(dirname(entry), "lib/code");
  const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith(".d.ts"));
  const texts = await Promise.all(files.map((name) => readFile(join(folder, name), "utf8")));
  const promises = texts.flatMap((text) => text.match(/\): Promise<.*>;$/gm) ?? []);
  return { methods: promises.length, any: promises.filter((line) => line.includes("Promise<any>")).length };
}
