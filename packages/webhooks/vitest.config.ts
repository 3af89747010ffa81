import { defineConfig } from "vitest/config";

// Matrices and properties run hundreds of cases in one test; beside other suites on two cores they take a multiple of their time.
export default defineConfig({ test: { testTimeout: 30_000 } });
