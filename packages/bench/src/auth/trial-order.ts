/** A command to a process of a trial. */
export type TrialOrder =
  /** Get a live token of the location. */
  | { readonly type: "call"; readonly location: string }
  /** The wall clock is now so many ms off. */
  | { readonly type: "step"; readonly ms: number };

export type TrialReport =
  | { readonly type: "ready" }
  /** `outcome`: `alive`, or the code of the error. */
  | { readonly type: "called"; readonly location: string; readonly outcome: string };
