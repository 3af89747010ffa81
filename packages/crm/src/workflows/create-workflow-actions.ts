import { ghlError, isGhlError, type Clock, type FetchLike } from "@ghlkit/core";
import { once } from "@ghlkit/resilience";
import type { Journal } from "@ghlkit/storage";
import { postWithToken, type AccessTokenOf } from "./post-with-token.ts";
import { checkSecret, type CallbackSecret } from "../callbacks/callback-secret.ts";
import { readCallback, refuse } from "../callbacks/read-callback.ts";
import { actionCall, type ActionAnswer, type ActionCall, type PausedAction, type RunAction } from "./workflow-action.ts";

/** Options of {@link createWorkflowActions}. */
export interface WorkflowActionsOptions {
  /** The header that HighLevel's calls carry, as set up beside the URL. */
  readonly secret: CallbackSecret;
  /** The app's actions by the key that the marketplace knows them by. */
  readonly actions: Readonly<Record<string, RunAction>>;
  /** `storage.journal` of any engine: an execution that HighLevel calls for again is answered as before. Only those that it names are known again, see `executionId`. */
  readonly journal: Journal;
  /** Needed for `resume`: the access token of a location, of the app that the action belongs to. */
  readonly accessToken?: AccessTokenOf;
  /** Where paused executions are resumed. @default "https://services.leadconnectorhq.com/workflows-marketplace/actions/resume-action" */
  readonly resumeUrl?: string;
  /** @default 1,048,576 */
  readonly maxBodyBytes?: number;
  /** Receives what an action threw; the workflow only shows that it failed. */
  readonly onError?: (error: unknown, call: ActionCall) => void;
  /** @default the global fetch */
  readonly fetch?: FetchLike;
  /** @default the machine's clock */
  readonly clock?: Clock;
}

/** The workflow actions of a marketplace app. */
export interface WorkflowActions {
  /** Answers the URL of every action: 200 with its fields and its branch. */
  (request: Request): Promise<Response>;
  /**
   * Goes on with an execution of an action that pauses. Twice, late, or after the contact left the workflow: what HighLevel answers then is not documented.
   * @throws GhlError when HighLevel refuses it.
   */
  readonly resume: (paused: PausedAction, answer?: ActionAnswer) => Promise<void>;
}

const resumeAction = "https://services.leadconnectorhq.com/workflows-marketplace/actions/resume-action";

/**
 * Makes the actions that a marketplace app offers to workflows.
 *
 * HighLevel calls, and bills the location after a 200. When that fails, the step is skipped and its fields are thrown away, without a word to the app: an action should therefore
 * do nothing that could not be done twice.
 * @throws GhlError `invalid_request` for a secret that could be guessed.
 */
export function createWorkflowActions(options: WorkflowActionsOptions): WorkflowActions {
  checkSecret("createWorkflowActions", options.secret);
  const { secret, maxBodyBytes = 1_048_576, resumeUrl = resumeAction } = options;
  const receive = async (request: Request): Promise<Response> => {
    const read = await readCallback(request, secret, maxBodyBytes);
    if ("refusal" in read) return read.refusal;
    const call = actionCall(read.body, request.signal);
    if (call === undefined) return refuse(400, "The body names no action, location or workflow.").refusal;
    const run = Object.hasOwn(options.actions, call.key) ? options.actions[call.key] : undefined;
    if (run === undefined) return refuse(404, `There is no action ${call.key}.`).refusal;
    return answerCall(call, run, options);
  };
  return Object.assign(receive, {
    resume: (paused: PausedAction, answer: ActionAnswer = {}) =>
      postWithToken(resumeUrl, paused.locationId, { extras: paused.extras, ...wireAnswer(answer, []) }, options),
  });
}

type Call = ActionCall & { readonly key: string };

async function answerCall(call: Call, run: RunAction, options: WorkflowActionsOptions): Promise<Response> {
  const carryOut = async (): Promise<Readonly<Record<string, unknown>>> => wireAnswer((await run(call)) ?? {}, call.branches);
  const clock = options.clock === undefined ? {} : { clock: options.clock };
  try {
    if (call.executionId === undefined) return Response.json(await carryOut());
    const key = `workflow-action:${call.key}:${call.executionId}`;
    // One that was cut off is carried out again: HighLevel has not gone on without its answer.
    const { result } = await once(key, carryOut, {
      journal: options.journal,
      leaseMs: 30_000,
      probe: async () => ({ happened: false }),
      ...clock,
    });
    return Response.json(result);
  } catch (error) {
    if (isGhlError(error, "in_progress")) return refuse(409, "This execution is being carried out.").refusal;
    options.onError?.(error, call);
    return refuse(500, "The action failed.").refusal;
  }
}

/** @throws GhlError `invalid_request` for a branch that the action does not have. */
function wireAnswer({ fields = {}, branch }: ActionAnswer, branches: ActionCall["branches"]): Readonly<Record<string, unknown>> {
  if (branch === undefined) return fields;
  const known = branches.find(({ id, name }) => id === branch || name === branch);
  if (known === undefined && branches.length > 0) {
    const names = branches.map(({ name }) => name).join(", ");
    throw ghlError("invalid_request", `The action has no branch ${JSON.stringify(branch)}. It has: ${names}.`, {});
  }
  return { ...fields, branchId: known?.id ?? branch };
}
