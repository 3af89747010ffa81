import { execFileSync, spawn } from "node:child_process";
import { createRequire } from "node:module";
import { writeFile } from "node:fs/promises";
import { measure, median, type Measure } from "../measure.ts";
import type { PublishedCopy } from "../published-copy.ts";
import { compilers } from "./compilers.ts";

const require = createRequire(import.meta.url);

/** Ten facade calls over nine services. */
const calls = `import { createClient } from "@ghlkit/client";
const client = createClient();
export const r0 = await client.contacts.get({ contactId: "1" });
export const r1 = await client.contacts.create({ body: { locationId: "1", firstName: "Ada" } });
export const r2 = await client.opportunities.get({ id: "1" });
export const r3 = await client.conversations.get({ conversationId: "1" });
export const r4 = await client.calendars.get({ calendarId: "1" });
export const r5 = await client.locations.get({ locationId: "1" });
export const r6 = await client.users.get({ userId: "1" });
export const r7 = await client.workflows.list({ locationId: "1" });
export const r8 = await client.businesses.get({ businessId: "1" });
export const r9 = await client.companies.get({ companyId: "1" });
`;

/** What the types cost the compiler, beyond the same file without the calls. */
export async function typeCost({ folder }: PublishedCopy): Promise<readonly Measure[]> {
  await writeFile(`${folder}/calls.ts`, calls);
  await writeFile(`${folder}/empty.ts`, `import { createClient } from "@ghlkit/client";\nexport const client = createClient();\n`);
  const compilerOptions = {
    noEmit: true,
    strict: true,
    skipLibCheck: true,
    module: "nodenext",
    target: "es2023",
    lib: ["es2023", "dom", "dom.iterable", "dom.asynciterable"],
    types: [],
  };
  for (const file of ["calls.ts", "empty.ts"])
    await writeFile(`${folder}/${file}.json`, JSON.stringify({ compilerOptions, files: [file] }));
  await writeFile(`${folder}/tsconfig.json`, JSON.stringify({ compilerOptions, files: ["editor.ts"] }));
  const measures = compilers.flatMap(({ version: name, tsc }) => {
    const rounds = Array.from({ length: 5 }, () => [compile(folder, tsc, "empty.ts"), compile(folder, tsc, "calls.ts")] as const);
    const instantiations = median(rounds.map(([empty, full]) => full.instantiations - empty.instantiations));
    const seconds = median(rounds.map(([empty, full]) => full.seconds - empty.seconds));
    return [
      measure(`10 facade calls over 9 services, TypeScript ${name}: instantiations`, instantiations, "", { atMost: 500 }),
      measure(`10 facade calls over 9 services, TypeScript ${name}: check time`, Math.max(0, seconds), "s", { atMost: 0.1 }),
    ];
  });
  return [...measures, ...(await completionTimes(folder))];
}

function compile(folder: string, tsc: string, file: string): { readonly instantiations: number; readonly seconds: number } {
  const text = execFileSync(process.execPath, [tsc, "--extendedDiagnostics", "--project", `${file}.json`], {
    cwd: folder,
    encoding: "utf8",
  });
  const number = (name: string): number => Number(new RegExp(`^${name}:\\s+([\\d.]+)`, "m").exec(text)?.[1] ?? Number.NaN);
  return { instantiations: number("Instantiations"), seconds: number("Check time") };
}

/** Completion in an editor after an edit: the language server of TypeScript 5.9, asked as an editor asks. */
async function completionTimes(folder: string): Promise<readonly Measure[]> {
  const cases = [
    [
      "completion of client.contacts. after an edit",
      'import { createClient } from "@ghlkit/client";\nconst client = createClient();\nclient.contacts.',
      3,
      17,
    ],
    [
      "completion of a path after an edit",
      'import { createClient } from "@ghlkit/client";\nconst client = createClient();\nclient.GET("',
      3,
      13,
    ],
  ] as const;
  const measures: Measure[] = [];
  for (const [name, text, line, offset] of cases)
    measures.push(measure(name, await completionTime(folder, text, line, offset), "ms", { atMost: 20 }));
  return measures;
}

async function completionTime(folder: string, text: string, line: number, offset: number): Promise<number> {
  const file = `${folder}/editor.ts`;
  await writeFile(file, text);
  const server = spawn(process.execPath, [require.resolve("typescript-5/lib/tsserver.js"), "--disableAutomaticTypingAcquisition"], {
    cwd: folder,
  });
  const waiting = new Map<number, (body: unknown) => void>();
  let buffer = "";
  server.stdout.on("data", (chunk: Buffer) => {
    buffer += chunk.toString();
    for (const part of buffer.split("\n")) {
      if (!part.startsWith("{")) continue;
      const message = parseMessage(part);
      if (message?.request_seq !== undefined) waiting.get(message.request_seq)?.(message.body);
    }
    buffer = buffer.slice(buffer.lastIndexOf("\n") + 1);
  });
  let seq = 0;
  const send = (command: string, args: object): number => {
    seq += 1;
    server.stdin.write(`${JSON.stringify({ seq, type: "request", command, arguments: args })}\n`);
    return seq;
  };
  const ask = (command: string, args: object): Promise<unknown> => new Promise((resolve) => waiting.set(send(command, args), resolve));
  try {
    send("open", { file, fileContent: text });
    const entries = (await ask("completionInfo", { file, line, offset })) as { entries?: readonly unknown[] } | undefined;
    if ((entries?.entries?.length ?? 0) < 10) throw new Error(`No completions at ${line}:${offset}.`);
    const times: number[] = [];
    for (let round = 0; round < 11; round += 1) {
      send("change", { file, line: 2, offset: 31, endLine: 2, endOffset: 31, insertString: ` // ${round}` });
      send("change", { file, line: 2, offset: 31, endLine: 2, endOffset: 31 + ` // ${round}`.length, insertString: "" });
      const started = performance.now();
      await ask("completionInfo", { file, line, offset });
      times.push(performance.now() - started);
    }
    return median(times);
  } finally {
    server.kill();
  }
}

function parseMessage(text: string): { readonly request_seq?: number; readonly body?: unknown } | undefined {
  try {
    return JSON.parse(text) as { request_seq?: number; body?: unknown };
  } catch {
    return undefined;
  }
}
