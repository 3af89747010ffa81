import { defineConfig } from "vitest/config";

// The tests of the templates run in place, on the workspace's packages.
const include = ["test/**/*.test.ts", "templates/*/test/**/*.test.ts"];

export default defineConfig({ test: { include, expect: { poll: { timeout: 300_000 } } } });
