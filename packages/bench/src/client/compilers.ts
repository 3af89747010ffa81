import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

/** The compilers that programs of users are compiled with. */
export const compilers = [
  { version: "5.9", tsc: require.resolve("typescript-5/lib/tsc.js") },
  { version: "7", tsc: require.resolve("typescript/package.json").replace("package.json", "bin/tsc") },
] as const;
