import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";

const program = fileURLToPath(new URL("construct-everything.ts", import.meta.url));

it(
  "draws no random number, starts no timer, makes no signal and does no I/O at import and construction",
  { timeout: 300_000 },
  async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [program]);
    const { constructed, failures } = JSON.parse(stdout) as { readonly constructed: number; readonly failures: readonly string[] };
    expect(failures).toEqual([]);
    expect(constructed).toBeGreaterThan(20);
  },
);
