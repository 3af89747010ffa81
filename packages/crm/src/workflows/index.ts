// Actions of a marketplace app
export { createWorkflowActions, type WorkflowActions, type WorkflowActionsOptions } from "./create-workflow-actions.ts";
export type { ActionAnswer, ActionBranch, ActionCall, PausedAction, RunAction } from "./workflow-action.ts";

// Triggers of a marketplace app
export {
  createWorkflowTriggers,
  type FiredTrigger,
  type TriggerEvent,
  type WorkflowTriggers,
  type WorkflowTriggersOptions,
} from "./create-workflow-triggers.ts";
export { createMemoryTriggerStore, type TriggerStore, type TriggerSubscription } from "./trigger-subscription.ts";

// Both
export type { CallbackSecret } from "../callbacks/callback-secret.ts";
export type { AccessTokenOf } from "./post-with-token.ts";

// Contacts in workflows
export { createWorkflows, type Enrolment, type EnrolmentResult, type Workflows, type WorkflowsClient } from "./enrolment.ts";
