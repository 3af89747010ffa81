import { Command, InvalidArgumentError, Option } from "commander";
import { runFaults, workloadNames } from "./fault-run.ts";

const readSeed = (text: string): number => {
  const seed = Number(text);
  if (!Number.isSafeInteger(seed) || seed < 0) throw new InvalidArgumentError("A whole number from 0.");
  return seed;
};

const { seed, only } = new Command("faults")
  .description(
    "Works all sample applications while the platform fails and their processes are killed, and compares them with it afterwards.",
  )
  .option("--seed <number>", "draws the faults and the moments of the kills of this seed", readSeed, Math.floor(Math.random() * 1e6))
  .addOption(new Option("--only <names...>", "these applications").choices(workloadNames))
  .parse()
  .opts<{ seed: number; only?: string[] }>();

console.log(`Fault run, seed ${seed}.`);
const problems = await runFaults({ seed, say: console.log, ...(only !== undefined && { only }) });
console.log(problems.length === 0 ? "The applications and the platform are alike." : problems.join("\n"));
console.log(
  problems.length === 0 ? "" : `\n${problems.length} differences. The same faults and moments of kills: pnpm demo:faults --seed ${seed}`,
);
process.exitCode = problems.length === 0 ? 0 : 1;
