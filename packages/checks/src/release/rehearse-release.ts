import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCommand } from "../run-command.ts";
import { installationSize } from "./installation-size.ts";
import { startLocalRegistry, type LocalRegistry } from "./local-registry.ts";
import type { PackedWorkspace } from "./packed-workspace.ts";
import { runQuickStart } from "./quick-start.ts";
import { workflowCommands } from "./workflow-commands.ts";

export interface Rehearsal {
  readonly problems: readonly string[];
  readonly note?: string;
}

/**
 * Publishes a packed workspace to a registry on this machine, with the very commands of the release workflow, and installs from there.
 *
 * @returns problems; none when a release would work up to what only the public registry does: trusted publishing and signatures. And the
 * size of an installation.
 */
export async function rehearseRelease({ root }: PackedWorkspace): Promise<Rehearsal> {
  const registry = await startLocalRegistry(root);
  const scratch = await mkdtemp(join(tmpdir(), "ghlkit-rehearsal-"));
  try {
    const env = { ...registry.env, PATH: join(registry.env["NPM_CONFIG_PREFIX"] ?? "", "bin") };
    await assertLocal(root, registry, env);
    const steps = [...(await workflowCommands(root, "publish")), ...(await workflowCommands(root, "verify"))];
    for (const command of steps) {
      const { ok, output } = await runCommand(root, ["bash", "-e", "-o", "pipefail", "-c", command], { env });
      if (!ok) return { problems: [`this command of the release workflow failed:\n${command}\n\n${output}`] };
    }
    const problems = await runQuickStart({ root, folder: scratch, env: registry.env });
    const size = await installationSize(join(scratch, "npm"));
    return { problems: [...problems, ...size.problems], note: size.note };
  } finally {
    await registry.close();
    await rm(scratch, { recursive: true, force: true });
  }
}

/** A rehearsal must not reach the public registry: npm is asked where it would publish. @throws Error when that is another one. */
async function assertLocal(root: string, { url }: LocalRegistry, env: Readonly<Record<string, string>>): Promise<void> {
  for (const setting of ["registry", "@ghlkit:registry"]) {
    const { output } = await runCommand(root, ["npm", "config", "get", setting], { env });
    const answer = output.trim().split("\n").at(-1) ?? "";
    if (answer !== `${url}/` && !(setting !== "registry" && answer === "undefined"))
      throw new Error(`The rehearsal would publish to ${answer} (npm's ${setting}) instead of ${url}: nothing was published.`);
  }
}
