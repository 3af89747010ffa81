/** An overlay that does not fit the contract any more, named by file and action. */
export class OverlayError extends Error {
  readonly overlay: string;
  readonly action: number;

  constructor(overlay: string, action: number, target: string, reason: string) {
    super(`openapi/overlays/${overlay}.yaml, action ${action + 1} (${target}): ${reason}`);
    this.name = "OverlayError";
    this.overlay = overlay;
    this.action = action;
  }
}

/** Every overlay action that does not fit, in one error: a line for each. */
export class StaleOverlays extends Error {
  readonly errors: readonly OverlayError[];

  constructor(errors: readonly OverlayError[]) {
    super(errors.map(({ message }) => message).join("\n"));
    this.name = "StaleOverlays";
    this.errors = errors;
  }
}
