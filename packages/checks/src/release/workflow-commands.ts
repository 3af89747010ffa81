import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";

/** The part of a GitHub workflow that is looked at. */
export interface Workflow {
  readonly permissions?: Permissions;
  readonly jobs: Readonly<Record<string, Job>>;
}

export type Permissions = Readonly<Record<string, string>>;

export interface Job {
  readonly permissions?: Permissions;
  readonly environment?: string;
  readonly needs?: string | readonly string[];
  readonly steps?: readonly WorkflowStep[];
}

export interface WorkflowStep {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
}

/** Reads a workflow of the repository, such as `release`. */
export async function readWorkflow(root: string, name: string): Promise<Workflow> {
  return parse(await readFile(join(root, ".github", "workflows", `${name}.yml`), "utf8")) as Workflow;
}

/**
 * What a job of the release workflow runs in the shell, step by step.
 *
 * @throws Error when a step needs what only GitHub has.
 */
export async function workflowCommands(root: string, job: string): Promise<readonly string[]> {
  const { jobs } = await readWorkflow(root, "release");
  const commands = (jobs[job]?.steps ?? []).flatMap(({ run }) => (run === undefined ? [] : [run]));
  if (commands.length === 0) throw new Error(`The release workflow has no job ${job} with commands.`);
  const unknown = commands.find((command) => command.includes("${{"));
  if (unknown !== undefined) throw new Error(`A command of the job ${job} cannot run here: ${unknown}`);
  return commands;
}
