/** Code whose tests are held against mutations, and the tests that have to notice. */
export interface MutationTarget {
  /** Files to mutate, relative to the workspace. */
  readonly mutate: readonly string[];
  /** Folder of the package whose tests run. */
  readonly tests: string;
}

/** Where a fault costs most: what every call passes, tokens, the rate limit, and the worker that handles webhooks. */
export const mutationTargets: Readonly<Record<string, MutationTarget>> = {
  core: { mutate: ["packages/core/src/**/*.ts", "!packages/core/src/**/index.ts"], tests: "packages/core" },
  "auth/token": { mutate: ["packages/auth/src/token/**/*.ts"], tests: "packages/auth" },
  "resilience/rate-limit": { mutate: ["packages/resilience/src/rate-limit/**/*.ts"], tests: "packages/resilience" },
  "webhooks/worker": { mutate: ["packages/webhooks/src/worker/**/*.ts"], tests: "packages/webhooks" },
};
