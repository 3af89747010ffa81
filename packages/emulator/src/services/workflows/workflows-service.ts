import type { Service } from "../service.ts";
import { workflowHandlers } from "./workflows.ts";

/** Workflows and campaigns. */
export const workflowsService: Service = {
  handlers: workflowHandlers,
  seed({ seed: { workflowIds, draftWorkflowId, campaignId, locationId }, state, now }) {
    for (const [index, name] of ["Welcome new lead", "Appointment reminder"].entries()) {
      const id = workflowIds[index] as string;
      state.workflows.put({ id, name, status: "published", version: index + 1, locationId, createdAt: now, updatedAt: now });
    }
    const draft = { id: draftWorkflowId, name: "Win back", status: "draft", version: 1 } as const;
    state.workflows.put({ ...draft, locationId, createdAt: now, updatedAt: now });
    state.campaigns.put({ id: campaignId, name: "Spring newsletter", status: "published", locationId });
  },
};
