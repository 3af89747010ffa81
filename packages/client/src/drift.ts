import type { Generation } from "@ghlkit/contract-documents";
import { answerOf, detachedListener, type Layer } from "@ghlkit/core";
import { answerDifferences } from "./drift/answer-differences.ts";
import type { Difference } from "./drift/compare-answer.ts";

/** Where one live answer differs from the contract. */
export interface Drift {
  /** Operation id. */
  readonly operation: string;
  readonly status: number;
  readonly differences: readonly Difference[];
}

/** What became of one comparison: the answer differs from the contract, or is as it says. */
export type DriftEvent =
  | ({ readonly type: "differs" } & Drift)
  | { readonly type: "matches"; readonly operation: string; readonly status: number };

/** Options of the drift report. */
export interface DriftOptions {
  /**
   * Generation whose documents are compared with.
   * @default "v3"
   */
  readonly generation?: Generation;
  /** Called with each answer that was compared, before its caller gets it. What it throws is reported as an uncaught error. */
  readonly onEvent: (event: DriftEvent) => void;
}

/**
 * A layer that reports where live answers differ from the contract: fields it does not know, types and enum values it
 * does not expect. It never changes or fails a call. For checks and staging: it loads the documents.
 */
export function withDriftReport({ generation = "v3", onEvent }: DriftOptions): Layer {
  const emit = detachedListener(onEvent);
  const failed = detachedListener((error: unknown) => {
    throw error;
  });
  return (next) => async (request, context) => {
    const response = await next(request, context);
    const body = answerOf(response)?.body;
    const { operation } = context;
    if (operation === undefined || !response.ok || typeof body !== "string" || body === "") return response;
    const { id } = operation;
    const { status } = response;
    try {
      const differences = await answerDifferences(generation, operation, { status, body });
      if (differences?.length === 0) emit({ type: "matches", operation: id, status });
      else if (differences !== undefined) emit({ type: "differs", operation: id, status, differences });
    } catch (error) {
      failed(error);
    }
    return response;
  };
}

export type { Difference } from "./drift/compare-answer.ts";
