import { sampleFile } from "../markdown-samples.ts";

/** What a reader of the tutorial does next. */
export type TutorialStep =
  | { readonly kind: "file"; readonly line: number; readonly path: string; readonly code: string }
  | {
      readonly kind: "command";
      readonly line: number;
      readonly command: string;
      /** Whether it goes on beside what follows. */
      readonly hasOwnTerminal: boolean;
      /** What it prints, where the tutorial says so. */
      readonly output: string | undefined;
    };

const fence = /^```(\w+)\n([^]*?)^```$/gm;

/** Commands that are run: what installs packages or needs an account is not. */
const isRun = /^(node|npx vitest) /;

/**
 * Reads the blocks of a tutorial in order: `ts` ones that begin with `// path.ts` are files, lines of `sh` ones are commands, and a `text`
 * one is what the command before it prints.
 */
export function tutorialSteps(text: string): readonly TutorialStep[] {
  const steps: TutorialStep[] = [];
  for (const { 1: language = "", 2: code = "", index } of text.matchAll(fence)) {
    const line = text.slice(0, index).split("\n").length;
    const path = sampleFile(code);
    if (language === "ts" && path !== undefined) steps.push({ kind: "file", line, path, code });
    if (language === "sh") steps.push(...commandsOf(code, line));
    const last = steps.at(-1);
    if (language === "text" && last?.kind === "command") steps.splice(-1, 1, { ...last, output: code.trim() });
  }
  return steps;
}

function commandsOf(code: string, line: number): readonly TutorialStep[] {
  return code
    .split("\n")
    .filter((text) => isRun.test(text))
    .map((text) => {
      const [command = "", comment] = text.split(/\s+# /);
      return { kind: "command", line, command, hasOwnTerminal: comment === "in a terminal of its own", output: undefined };
    });
}
