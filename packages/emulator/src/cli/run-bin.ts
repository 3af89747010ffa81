import { createEmulator } from "../emulator.ts";
import { parseBinArguments } from "./bin-arguments.ts";
import { describeEmulator } from "./describe-emulator.ts";
import { helpText } from "./help-text.ts";
import { packageVersion } from "./package-version.ts";

/** What the command needs of its process. */
export interface BinEnvironment {
  readonly write: (text: string) => void;
  readonly writeError: (text: string) => void;
  /** Resolves when the process is asked to end. */
  readonly untilStopped: () => Promise<void>;
}

/** The command `ghlkit-emulator`: listens until it is stopped. Resolves to the exit code. */
export async function runBin(args: readonly string[], environment: BinEnvironment): Promise<number> {
  try {
    const { help, version, listen, emulator: options } = parseBinArguments(args);
    if (help || version) {
      environment.write(help ? helpText : `${packageVersion()}\n`);
      return 0;
    }
    const emulator = createEmulator(options);
    const listening = await emulator.listen(listen);
    environment.write(describeEmulator(listening.url, emulator.seed));
    await environment.untilStopped();
    await listening.close();
    return 0;
  } catch (error) {
    environment.writeError(`${sentenceOf(error as Error & { readonly code?: string })}\n`);
    return 1;
  }
}

/** Node's own message about an unknown option goes on about positional arguments. */
function sentenceOf({ code, message }: { readonly code?: string; readonly message: string }): string {
  if (code === undefined || !code.startsWith("ERR_PARSE_ARGS")) return message;
  return `${message.split(". ")[0]?.replace(/\.$/, "")}. Run ghlkit-emulator --help for the options.`;
}
