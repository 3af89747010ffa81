import type { createEmulator } from "../../../emulator/src/index.ts";

/** What is measured of a version of the emulator. */
export interface EmulatorModule {
  readonly createEmulator: typeof createEmulator;
}

/**
 * The emulator of this checkout, and with `GHLKIT_BENCH_BEFORE` (the folder of another checkout) the one it is compared with in the same run.
 */
export async function emulatorModules(): Promise<{ readonly now: EmulatorModule; readonly before: EmulatorModule | undefined }> {
  const now = await import("../../../emulator/src/index.ts");
  const folder = process.env["GHLKIT_BENCH_BEFORE"];
  if (folder === undefined) return { now, before: undefined };
  return { now, before: (await import(`${folder}/packages/emulator/src/index.ts`)) as EmulatorModule };
}
