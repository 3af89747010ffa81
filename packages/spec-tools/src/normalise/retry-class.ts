const byMethod: Readonly<Record<string, string>> = {
  GET: "safe",
  DELETE: "idempotent",
  PUT: "idempotent",
  PATCH: "likely-idempotent",
  // Until a person has judged it (facts/retry.tsv), a POST creates.
  POST: "unsafe-create",
};

/** Whether an operation may be sent again after a lost answer: our judgement of it, else what its method promises. */
export function retryClass(route: string, judged: ReadonlyMap<string, string>): string {
  return judged.get(route) ?? byMethod[route.split(" ")[0] as string] ?? "unsafe-side-effect";
}
