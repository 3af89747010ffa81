import { closeSync, fdatasyncSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";

/** What the disk alone takes for a commit: `count` times 32 kB appended and made safe. @returns Milliseconds of each. */
export function diskWaits(folder: string, count: number): readonly number[] {
  const file = openSync(join(folder, "disk"), "w");
  const page = Buffer.alloc(32_768, 1);
  try {
    return Array.from({ length: count }, () => {
      const started = performance.now();
      writeSync(file, page);
      fdatasyncSync(file);
      return performance.now() - started;
    });
  } finally {
    closeSync(file);
  }
}
