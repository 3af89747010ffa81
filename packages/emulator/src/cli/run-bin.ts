import { createEmulator } from "../emulator.ts";
import { parseBinArguments } from "./bin-arguments.ts";
import { describeEmulator } from "./describe-emulator.ts";
import { helpText } from "./help-text.ts";

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
    const { help, listen, emulator: options } = parseBinArguments(args);
    if (help) {
      environment.write(helpText);
      return 0;
    }
    const emulator = createEmulator(options);
    const listening = await emulator.listen(listen);
    environment.write(describeEmulator(listening.url, emulator.seed));
    await environment.untilStopped();
    await listening.close();
    return 0;
  } catch (error) {
    environment.writeError(`${(error as Error).message}\n`);
    return 1;
  }
}
