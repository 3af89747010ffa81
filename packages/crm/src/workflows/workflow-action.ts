/** A branch that the author of the workflow set up on the action. */
export interface ActionBranch {
  readonly id: string;
  readonly name: string;
}

/** An action of a workflow that is to be carried out. */
export interface ActionCall<Data extends object = Readonly<Record<string, unknown>>> {
  /** Fields of the action by their reference. Nothing checks them before: they are what people typed. */
  readonly data: Data;
  readonly branches: readonly ActionBranch[];
  readonly locationId: string;
  readonly contactId: string | undefined;
  readonly workflowId: string;
  /** Version of the action, as the marketplace counts them. */
  readonly version: string | undefined;
  /**
   * Names this execution of the action, the same when HighLevel calls again; `undefined` where it sent no ids of it. They are not documented, and were seen by one
   * integrator.
   */
  readonly executionId: string | undefined;
  /** What `resume` needs. Plain data: keep it where a restart does not lose it. */
  readonly paused: PausedAction;
  /** Fires when HighLevel hangs up. */
  readonly signal: AbortSignal;
}

/** An execution that waits for `resume`. */
export interface PausedAction {
  readonly locationId: string;
  readonly extras: Readonly<Record<string, unknown>>;
}

/** What an action answers. */
export interface ActionAnswer {
  /** Values for the steps that follow, by their name. */
  readonly fields?: Readonly<Record<string, unknown>>;
  /** Id or name of the branch that the contact goes on in. */
  readonly branch?: string;
}

/** Carries an action out. What it throws is answered with 500, and the step fails in the workflow. */
export type RunAction<Data extends object = Readonly<Record<string, unknown>>> = (
  call: ActionCall<Data>,
) => Promise<ActionAnswer | void> | ActionAnswer | void;

/** The body of a callback as a call; `undefined` when it names no action, location or workflow. */
export function actionCall(
  body: Readonly<Record<string, unknown>>,
  signal: AbortSignal,
): (ActionCall & { readonly key: string }) | undefined {
  const { branches = [], ...data } = recordOf(body["data"]);
  const extras = recordOf(body["extras"]);
  const meta = recordOf(body["meta"]);
  const key = textOf(meta["key"]) ?? textOf(extras["key"]);
  const locationId = textOf(extras["locationId"]);
  const workflowId = textOf(extras["workflowId"]);
  if (key === undefined || locationId === undefined || workflowId === undefined) return undefined;
  const execution = [workflowId, textOf(extras["statusId"]), textOf(extras["stepId"])];
  return {
    key,
    data,
    branches: Array.isArray(branches) ? (branches as readonly ActionBranch[]) : [],
    locationId,
    workflowId,
    contactId: textOf(extras["contactId"]),
    version: textOf(meta["version"]),
    executionId: execution.every((part) => part !== undefined) ? execution.join(":") : undefined,
    paused: { locationId, extras },
    signal,
  };
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : typeof value === "number" ? String(value) : undefined;
}
