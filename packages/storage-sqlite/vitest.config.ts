import { defineConfig } from "vitest/config";

// Many tests start processes; a busy machine takes a multiple of their usual time.
export default defineConfig({ test: { testTimeout: 120_000, hookTimeout: 120_000 } });
