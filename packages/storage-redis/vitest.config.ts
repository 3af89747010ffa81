import { defineConfig } from "vitest/config";

// The tests start a server; a busy machine takes a multiple of their usual time.
export default defineConfig({ test: { testTimeout: 120_000, hookTimeout: 120_000 } });
