import { withDriftReport, type Drift } from "@ghlkit/client/drift";
import { createEmulator } from "@ghlkit/emulator";
import { isGhlError } from "ghlkit";
import { readAccountEnv, type AccountEnv } from "./account-env.ts";
import { buildGhl } from "./build-ghl.ts";
import { explain } from "./explain.ts";
import { liveChecks, type CheckLine } from "./live-checks.ts";
import { UsageError } from "./usage-error.ts";

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof UsageError) && !isGhlError(error)) throw error;
  console.error(`live:check: ${explain(error)}`);
  process.exitCode = 2;
}

/** Read-only look at an account, or at the emulator when no account is given. */
async function main(): Promise<number> {
  const target = await openTarget();
  try {
    const drifts = new Map<string, Drift>();
    const compared = new Set<string>();
    const ghl = buildGhl({
      ...(target.baseUrl === undefined ? {} : { baseUrl: target.baseUrl }),
      token: target.token,
      location: target.locationId,
      layers: [
        withDriftReport({
          onEvent: (event) => {
            if (event.type === "differs") drifts.set(event.operation, event);
            else compared.add(event.operation);
          },
        }),
      ],
    });
    console.log(`Looking at ${target.description}. Nothing is written.\n`);
    let failed = 0;
    for await (const line of liveChecks(ghl, target.locationId)) {
      console.log(format(line));
      if (line.verdict === "failed") failed += 1;
    }
    console.log(`\nAnswers compared with the contract: ${drifts.size + compared.size}, ${drifts.size} of them differ`);
    for (const drift of drifts.values()) {
      for (const { path, kind, expected, actual } of drift.differences)
        console.log(`  ${drift.operation}: ${kind} at ${path === "" ? "the root" : path} (contract: ${expected}; live: ${actual})`);
    }
    console.log(failed === 0 ? "\nAll checks passed." : `\n${failed} checks failed.`);
    return failed === 0 ? 0 : 1;
  } finally {
    await target.close();
  }
}

function format({ verdict, name, detail }: CheckLine): string {
  const mark = { passed: "✓", failed: "✗", info: "·" }[verdict];
  return `  ${mark} ${name.padEnd(28)} ${detail}`;
}

interface Target extends AccountEnv {
  readonly description: string;
  readonly close: () => Promise<void>;
}

async function openTarget(): Promise<Target> {
  const account = readAccountEnv(process.env);
  if (account !== undefined) return { ...account, description: `HighLevel location ${account.locationId}`, close: async () => undefined };
  const emulator = createEmulator();
  const server = await emulator.listen();
  const { locationId: seeded, tokens } = emulator.seed;
  return {
    baseUrl: server.url,
    token: tokens.location,
    locationId: seeded,
    description: `a local HighLevel at ${server.url} (no GHL_TOKEN is set)`,
    close: () => server.close(),
  };
}
