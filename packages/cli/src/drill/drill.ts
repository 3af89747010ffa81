import type { Emulator, EmulatorOptions } from "@ghlkit/emulator";

/** An incident that is played through on the emulator. */
export interface Drill {
  readonly name: string;
  /** What has happened. */
  readonly incident: string;
  /** Name of the alert in docs/monitoring/alerts.yaml that announces it. */
  readonly alert: string;
  readonly run: (stage: DrillStage) => Promise<void>;
}

/** Where a drill is played. */
export interface DrillStage {
  /** A folder of its own, removed afterwards. */
  readonly folder: string;
  /** Makes the emulator on which it is played. */
  readonly emulator: (options?: EmulatorOptions) => Emulator;
  /** Times a piece of work and reports it, with what it returns. */
  readonly step: <Result>(text: string, work: () => Promise<Result>, found?: (result: Result) => string) => Promise<Result>;
  /** Something that a person has to do: no program can. */
  readonly person: (text: string) => void;
  /** What has to be so now. */
  readonly check: (text: string, isSo: boolean) => void;
}

/** A line of a drill's report. */
export type DrillLine =
  | { readonly type: "step"; readonly text: string; readonly ms: number; readonly found?: string }
  | { readonly type: "person"; readonly text: string }
  | { readonly type: "check"; readonly text: string; readonly ok: boolean };

/** How a drill went. */
export interface DrillReport extends Pick<Drill, "name" | "incident" | "alert"> {
  readonly ok: boolean;
  /** Of the steps, not of people. */
  readonly ms: number;
  readonly lines: readonly DrillLine[];
}
