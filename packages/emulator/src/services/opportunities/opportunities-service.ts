import type { Service } from "../service.ts";
import { opportunityHandlers } from "./opportunities.ts";
import { opportunityChanges } from "./opportunity-changes.ts";
import { opportunityFollowerHandlers } from "./opportunity-followers.ts";
import { opportunityListHandlers } from "./opportunity-search.ts";
import { pipelineHandlers } from "./pipelines.ts";
import { seedOpportunities } from "./seed-opportunities.ts";

/** Opportunities, pipelines and lost reasons. */
export const opportunitiesService: Service = {
  evidence: {
    "opportunities.createPipeline": "inferred",
  },
  handlers: { ...opportunityHandlers, ...opportunityListHandlers, ...pipelineHandlers, ...opportunityFollowerHandlers },
  changes: ({ opportunities }, publish) => opportunities.onChange((before, after) => publish(() => opportunityChanges(before, after))),
  seed: seedOpportunities,
};
