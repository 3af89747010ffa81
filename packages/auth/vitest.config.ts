import { defineConfig } from "vitest/config";

// Generous: on a busy machine no default decides whether a test passes.
export default defineConfig({ test: { testTimeout: 60_000, hookTimeout: 60_000 } });
