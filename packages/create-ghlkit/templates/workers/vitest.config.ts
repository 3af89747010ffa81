import { defineConfig } from "vitest/config";

// Generous, because they end a test that hangs and nothing else.
export default defineConfig({ test: { testTimeout: 120_000, expect: { poll: { timeout: 120_000 } } } });
