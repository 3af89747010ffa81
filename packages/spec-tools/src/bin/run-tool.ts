/** Exit codes of the tools. */
const refused = 1;
const failed = 70;

/**
 * Runs a tool and reports a failure in one sentence, without a stack trace. Exit codes: 0 done; 1 the input was refused (the sentence names
 * file and pointer), or a check found something; 2 wrong usage; 70 a defect of the tool itself.
 */
export async function runTool(name: string, run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    const isDefect =
      !(error instanceof Error) || error instanceof TypeError || error instanceof RangeError || error instanceof ReferenceError;
    const cause = error instanceof Error && error.cause !== undefined ? ` (${sentenceOf(error.cause)})` : "";
    console.error(`${name}: ${isDefect ? "a defect of this tool: " : ""}${sentenceOf(error)}${cause}`);
    if (process.env["GHLKIT_DEBUG"] !== undefined) console.error(error);
    process.exitCode = isDefect ? failed : refused;
  }
}

function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message.trim() : String(error);
}
