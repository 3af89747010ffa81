// Carries out writes at most once each, one after the other. It is killed without warning; everything it needs comes in as arguments.
import { once } from "../../src/index.ts";
import { openStorage } from "../../src/node.ts";

const [database = "", url = "", count = "0", leaseMs = "150"] = process.argv.slice(2);
const { journal, close } = await openStorage({ database });
for (let at = 0; at < Number(count); at += 1) {
  const key = `write-${at}`;
  const write = async (): Promise<string> => (await fetch(`${url}/${key}`, { method: "POST" })).text();
  const probe = async () => {
    const found = await fetch(`${url}/${key}`);
    return found.ok ? ({ happened: true, result: await found.text() } as const) : ({ happened: false } as const);
  };
  // The lease of a process that was killed ends soon; until then nobody judges its write.
  for (let isDone = false; !isDone;) {
    isDone = await once(key, write, { journal, probe, leaseMs: Number(leaseMs) }).then(
      () => true,
      () => false,
    );
    if (!isDone) await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
await close();
