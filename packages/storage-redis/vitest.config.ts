import { defineConfig } from "vitest/config";

// Generous: on a busy machine no default decides whether a test of a database or of processes passes.
export default defineConfig({ test: { testTimeout: 120_000, hookTimeout: 120_000 } });
