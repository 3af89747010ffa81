import { execFileSync } from "node:child_process";
import { measure, median, type Measure } from "../measure.ts";
import type { PublishedCopy } from "../published-copy.ts";

const rounds = 21;

/** Time of the first import in a fresh process: facade and official client in turn. */
export function importTime({ folder }: PublishedCopy): Measure {
  const ours: number[] = [];
  const official: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    ours.push(importOnce(folder, "@ghlkit/client"));
    official.push(importOnce(folder, "@gohighlevel/api-client"));
  }
  return measure(
    "import of the facade, fresh process",
    median(ours),
    "ms",
    { atMost: 10 },
    { "@gohighlevel/api-client": median(official) },
  );
}

function importOnce(folder: string, name: string): number {
  const code = `const start = performance.now(); await import(${JSON.stringify(name)}); console.log(performance.now() - start);`;
  return Number(execFileSync(process.execPath, ["--input-type=module", "--eval", code], { cwd: folder, encoding: "utf8" }));
}
