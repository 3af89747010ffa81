/** What the command needs of its process. */
export interface CliEnvironment {
  readonly write: (text: string) => void;
  readonly writeError: (text: string) => void;
  /** Resolves when the process is asked to end. */
  readonly untilStopped: () => Promise<void>;
}
