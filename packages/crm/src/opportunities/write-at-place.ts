import { isGhlError } from "@ghlkit/core";
import type { Named, StagePlace } from "./pipelines.ts";

/** What writing at a place needs. */
export interface PlaceWrite<Result, Why> {
  readonly write: (at: StagePlace) => Promise<Result>;
  /** Finds the place by its name, in the pipelines as they were read last. */
  readonly find: () => Promise<{ readonly found: StagePlace } | Why>;
  /** Has the pipelines read again for the next question. */
  readonly renew: () => unknown;
}

/** Writes at a stage. Where that is refused the stage may have been deleted since the pipelines were read: then it is found again, once. */
export async function writeAtPlace<Result, Why extends object = Exclude<Named<never>, { readonly found: never }>>(
  at: StagePlace,
  { write, find, renew }: PlaceWrite<Result, Why>,
): Promise<{ readonly at: StagePlace; readonly result: Result } | Why> {
  try {
    return { at, result: await write(at) };
  } catch (error) {
    if (!isGhlError(error, "not_found") && !isGhlError(error, "bad_request")) throw error;
    renew();
    const again = await find();
    if (!("found" in again)) return again;
    if (again.found.stage.id === at.stage.id) throw error;
    return { at: again.found, result: await write(again.found) };
  }
}
