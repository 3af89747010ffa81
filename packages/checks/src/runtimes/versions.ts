/**
 * What the runtime matrix and the release run, by npm package and exact version. None of it is a dependency of the workspace: each is installed into a
 * cache of its own when the matrix first needs it, see `install-tool.ts`.
 */
export const tools = {
  node22: { node: "22.23.3" },
  bun: { bun: "1.4.5" },
  deno: { deno: "2.9.6" },
  workers: { miniflare: "4.20260730.0" },
  vite: { vite: "8.4.0" },
  webpack: { webpack: "5.113.0" },
  rspack: { "@rspack/core": "2.3.4" },
  next: { next: "16.4.6", react: "19.3.1", "react-dom": "19.3.1" },
  jest: { jest: "30.5.2" },
  vitest: { vitest: "5.1.2" },
  verdaccio: { verdaccio: "6.10.4" },
  "typescript-5.4": { typescript: "5.4.5" },
  "typescript-5.9": { typescript: "5.9.3" },
  "typescript-7": { typescript: "7.0.2" },
} as const satisfies Readonly<Record<string, Readonly<Record<string, string>>>>;

export type Tool = keyof typeof tools;

/** Versions of what tools need, where they ask for a tag instead of a version. */
export const overrides: Readonly<Partial<Record<Tool, Readonly<Record<string, string>>>>> = { verdaccio: { "node-fetch": "2.7.0" } };

/** The least TypeScript that the declarations compile with: the first compiler of the matrix. */
export const leastTypescript = "5.4";
