const width = 28;

/** A bar that redraws itself on a terminal, and prints every tenth where there is none. */
export interface ProgressBar {
  readonly step: () => void;
  readonly end: () => void;
}

export function createProgressBar(total: number, output: NodeJS.WriteStream, isTerminal: boolean = output.isTTY): ProgressBar {
  let done = 0;
  let printed = -1;
  const draw = (): void => {
    const share = total === 0 ? 1 : done / total;
    const filled = Math.round(share * width);
    const line = `  ${"█".repeat(filled)}${"░".repeat(width - filled)} ${String(done).padStart(String(total).length)}/${total} leads`;
    if (isTerminal) output.write(`\r${line}`);
    else if (Math.floor(share * 10) > printed) {
      printed = Math.floor(share * 10);
      output.write(`${line}\n`);
    }
  };
  return {
    step: () => {
      done += 1;
      draw();
    },
    end: () => void (isTerminal && output.write("\n")),
  };
}
