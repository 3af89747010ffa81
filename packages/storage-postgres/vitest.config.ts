import { defineConfig } from "vitest/config";

// The tests start a database and processes; a busy machine takes a multiple of their usual time.
export default defineConfig({ test: { globalSetup: ["test/postgres-server.ts"], testTimeout: 120_000, hookTimeout: 120_000 } });
