// Command line
export { runCli } from "./run-cli.ts";
export type { CliEnvironment } from "./cli-environment.ts";
