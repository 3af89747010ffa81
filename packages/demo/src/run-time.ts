import type { Emulator } from "@ghlkit/emulator";

const stepMs = 100;

/** Time of the emulator, which the applications follow, going faster than the machine's. */
export interface RunningTime {
  /** A day passes: long enough for a copy to read everything again, which finds what no webhook brought. */
  readonly passDay: () => Promise<void>;
  readonly stop: () => void;
}

/** @param speed How many times as fast as the machine's. */
export function runTime({ clock, webhooks }: Pick<Emulator, "clock" | "webhooks">, speed: number): RunningTime {
  const timer = setInterval(() => clock.advance(stepMs * (speed - 1)), stepMs);
  const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
  return {
    async passDay() {
      // A minute of the machine: what is under way, and what waits for its next try, comes to its end first.
      await pause(60_000);
      await webhooks.settle();
      for (let hour = 0; hour < 25; hour += 1) {
        clock.advance(3_600_000);
        await pause(1000);
      }
      await webhooks.settle();
      await pause(5000);
    },
    stop: () => clearInterval(timer),
  };
}
