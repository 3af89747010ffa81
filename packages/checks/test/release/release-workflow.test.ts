import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { pinProblems, usedActions } from "../../src/release/action-pins.ts";
import { toolVersions } from "../../src/release/tool-versions.ts";
import { readWorkflow, workflowCommands, type Workflow } from "../../src/release/workflow-commands.ts";

const root = fileURLToPath(new URL("../../../..", import.meta.url));
const workflows = join(root, ".github", "workflows");
const release: Workflow = await readWorkflow(root, "release");
const jobs = Object.entries(release.jobs);
const steps = jobs.flatMap(([, job]) => job.steps ?? []);

test("every action of every workflow is pinned to a commit, with its tag beside it", async () => {
  const files = await readdir(workflows);
  const actions = await Promise.all(files.map(async (file) => usedActions(file, await readFile(join(workflows, file), "utf8"))));
  expect(actions.flat().length).toBeGreaterThan(10);
  expect(pinProblems(actions.flat())).toEqual([]);
});

test("only the job that publishes can prove an identity to the registry, and it waits for a reviewer", () => {
  expect(release.permissions).toEqual({});
  expect(jobs.filter(([, { permissions }]) => permissions?.["id-token"] !== undefined).map(([name]) => name)).toEqual(["publish"]);
  expect(release.jobs["publish"]).toMatchObject({
    environment: "npm",
    permissions: { contents: "read", "id-token": "write" },
    needs: "pack",
  });
  expect(jobs.filter(([, { permissions }]) => permissions === undefined).map(([name]) => name)).toEqual([]);
});

test("the job that publishes installs nothing of the workspace", async () => {
  expect(await workflowCommands(root, "publish")).toEqual([
    `npm install --global --ignore-scripts npm@${toolVersions.npm}`,
    "node packages/checks/src/release/bin/publish.ts tarballs",
  ]);
});

test("no registry-url, no token and no cache is set up", async () => {
  const text = await readFile(join(workflows, "release.yml"), "utf8");
  expect(text).not.toMatch(/registry-url|NPM_TOKEN|NODE_AUTH_TOKEN|_authToken|secrets\./);
  const setups = steps.filter(({ uses }) => uses?.startsWith("actions/setup-node@"));
  expect(setups.length).toBeGreaterThan(4);
  for (const setup of setups) expect(setup.with).toEqual({ "node-version": toolVersions.node, "package-manager-cache": false });
});

test("credentials of git are kept in no job", () => {
  const checkouts = steps.filter(({ uses }) => uses?.startsWith("actions/checkout@"));
  for (const checkout of checkouts) expect(checkout.with).toEqual({ "persist-credentials": false });
});

test("the pins are compared with their tags before anything is released", async () => {
  expect(await workflowCommands(root, "select-mode")).toContain("node packages/checks/src/release/bin/check-pins.ts");
  const before = (name: string): readonly string[] => [release.jobs[name]?.needs ?? []].flat();
  expect(before("version")).toEqual(["select-mode"]);
  expect(before("pack")).toEqual(["select-mode"]);
});

test("the Node.js of the workspace is the one that releases are made with", async () => {
  const { catalog } = parse(await readFile(join(root, "pnpm-workspace.yaml"), "utf8")) as {
    readonly catalog: Readonly<Record<string, string>>;
  };
  expect(catalog["node"]).toBe(toolVersions.node);
});

test("a command that needs GitHub's expressions is not rehearsed as if it worked", async () => {
  await expect(workflowCommands(root, "no-such-job")).rejects.toThrow("no-such-job");
});
