import type { Create, UpdateOpportunity, UpdateStatus } from "@ghlkit/contract/types/opportunities";
import { isGhlError } from "@ghlkit/core";
import type { OpportunitiesClient, Opportunity } from "./opportunities-client.ts";

/** What a search looks for. */
export interface OpportunityQuery {
  readonly contactId: string;
  readonly pipelineId: string | undefined;
  readonly status: "open" | "all";
}

/** The calls that one change of a deal makes, counted. */
export interface OpportunityCalls {
  readonly count: () => number;
  readonly create: (body: Create) => Promise<{ readonly opportunity: Opportunity } | { readonly existingId: string | undefined }>;
  readonly update: (id: string, body: UpdateOpportunity) => Promise<Opportunity>;
  readonly setStatus: (id: string, body: UpdateStatus) => Promise<void>;
  /** `undefined` for one that is not there. */
  readonly get: (id: string) => Promise<Opportunity | undefined>;
  /** The first that `counts`. The search lags a few seconds behind writes. */
  readonly find: (query: OpportunityQuery, counts: (opportunity: Opportunity) => boolean) => Promise<Opportunity | undefined>;
}

export function opportunityCalls({ opportunities }: OpportunitiesClient): OpportunityCalls {
  let count = 0;
  const counted = <Result>(call: Promise<Result>): Promise<Result> => {
    count += 1;
    return call;
  };
  return {
    count: () => count,
    create: async (body) => {
      try {
        return { opportunity: (await counted(opportunities.create({ body }))).opportunity };
      } catch (error) {
        if (isGhlError(error, "duplicate")) return { existingId: error.existingId };
        throw error;
      }
    },
    update: async (id, body) => (await counted(opportunities.update({ id, body }))).opportunity,
    setStatus: async (id, body) => void (await counted(opportunities.updateStatus({ id, body }))),
    get: async (id) => {
      try {
        return (await counted(opportunities.get({ id }, { fresh: true }))).opportunity;
      } catch (error) {
        if (isGhlError(error, "not_found")) return undefined;
        throw error;
      }
    },
    find: async ({ contactId, pipelineId, status }, counts) => {
      const input = { contactId, status, limit: 100, ...(pipelineId !== undefined && { pipelineId }) };
      for await (const page of opportunities.search(input, { fresh: true }).pages()) {
        count += 1;
        const found = page.items.find(counts);
        if (found !== undefined) return found;
      }
      return undefined;
    },
  };
}
