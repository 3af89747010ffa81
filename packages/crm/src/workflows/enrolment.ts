import type { LocationClient } from "@ghlkit/client";
import { isGhlError, systemClock, type Clock } from "@ghlkit/core";
import { cached } from "../location/cached.ts";
import { byName } from "../run/by-name.ts";

/** A client bound to one location. */
export type WorkflowsClient = Pick<LocationClient, "contacts" | "workflows">;

/** A contact in a workflow. */
export interface Enrolment {
  readonly contactId: string;
  /** Id or name; a name that differs from the workflow's in case and space alone will do. */
  readonly workflow: string;
  /**
   * The contact may be in it already: then the platform does nothing, without a word. `again` removes the contact first, so that it starts anew.
   * @default false
   */
  readonly again?: boolean;
}

/** What became of an enrolment. */
export type EnrolmentResult =
  /** The platform accepted it. Whether the contact was in the workflow before, and nothing happened, it does not say. */
  | { readonly outcome: "enrolled" | "removed"; readonly workflowId: string }
  /** The workflow is a draft: the platform would accept it and do nothing. */
  | { readonly outcome: "not_published"; readonly workflowId: string }
  | { readonly outcome: "unknown_workflow" | "ambiguous_workflow" | "unknown_contact" };

/** Workflows of one location. */
export interface Workflows {
  /** Puts a contact into a workflow. May be repeated. */
  readonly enrol: (enrolment: Enrolment) => Promise<EnrolmentResult>;
  /** Takes a contact out of a workflow. May be repeated. */
  readonly remove: (enrolment: Pick<Enrolment, "contactId" | "workflow">) => Promise<EnrolmentResult>;
}

const ttlMs = 60_000;

/** Makes the workflows of one location; their names are read once in a minute. */
export function createWorkflows(location: WorkflowsClient, { clock = systemClock }: { readonly clock?: Clock } = {}): Workflows {
  const workflows = cached(async () => (await location.workflows.list()).workflows, { clock, ttlMs });
  const find = async (named: string): Promise<EnrolmentResult | { readonly id: string; readonly isPublished: boolean }> => {
    const [workflow, another] = byName(await workflows.get(), named);
    if (workflow === undefined) return { outcome: "unknown_workflow" };
    if (another !== undefined) return { outcome: "ambiguous_workflow" };
    return { id: workflow.id, isPublished: workflow.status === "published" };
  };
  const change = async ({ contactId, workflow }: Enrolment, how: "enrolled" | "removed", again = false): Promise<EnrolmentResult> => {
    const found = await find(workflow);
    if ("outcome" in found) return found;
    if (how === "enrolled" && !found.isPublished) return { outcome: "not_published", workflowId: found.id };
    const input = { contactId, workflowId: found.id, body: {} };
    try {
      if (how === "removed" || again) await location.contacts.removeFromWorkflow(input);
      if (how === "enrolled") await location.contacts.addToWorkflow(input);
    } catch (error) {
      const isUnknown = isGhlError(error, "not_found") || (isGhlError(error, "bad_request") && /contact/i.test(error.message));
      if (!isUnknown) throw error;
      return { outcome: "unknown_contact" };
    }
    return { outcome: how, workflowId: found.id };
  };
  return {
    enrol: (enrolment) => change(enrolment, "enrolled", enrolment.again),
    remove: (enrolment) => change(enrolment, "removed"),
  };
}
