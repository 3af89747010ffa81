import { execFile } from "node:child_process";
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";

const run = promisify(execFile);
const scripts = fileURLToPath(new URL("../../../../.github/scripts/", import.meta.url));
const report = "openapi/changes/0123456.md";

/** A checkout with a remote, and a `gh` that writes down how it was called. */
interface Repository {
  readonly folder: string;
  readonly write: (files: Readonly<Record<string, string>>) => Promise<void>;
  readonly git: (...args: string[]) => Promise<string>;
  readonly open: (options?: { readonly problems?: string; readonly openNumber?: string; readonly checksRun?: boolean }) => Promise<string>;
  /** Calls of `gh`, one a line; `body` is what the last body file held. */
  readonly calls: () => Promise<{ readonly lines: readonly string[]; readonly body: string }>;
}

let repository: Repository;
beforeEach(async () => {
  repository = await createRepository();
});

async function createRepository(): Promise<Repository> {
  const home = await mkdtemp(join(tmpdir(), "ghlkit-spec-watch-"));
  onTestFinished(async () => rm(home, { recursive: true, force: true }));
  const folder = join(home, "checkout");
  const environment = {
    ...process.env,
    PATH: `${home}/bin:${process.env["PATH"]}`,
    HOME: home,
    GIT_CONFIG_NOSYSTEM: "1",
    GH_LOG: `${home}/gh.log`,
  };
  const git = async (...args: string[]): Promise<string> => (await run("git", args, { cwd: folder, env: environment })).stdout.trim();
  const write = async (files: Readonly<Record<string, string>>): Promise<void> => {
    for (const [name, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), text);
    }
  };
  await mkdir(join(home, "bin"));
  await writeFile(join(home, "bin/gh"), fakeGh);
  await chmod(join(home, "bin/gh"), 0o755);
  await run("git", ["init", "--quiet", "--bare", join(home, "remote.git")]);
  await mkdir(folder);
  await git("init", "--quiet", "--initial-branch", "main");
  await git("config", "user.name", "test");
  await git("config", "user.email", "test@example.com");
  await git("remote", "add", "origin", join(home, "remote.git"));
  await write({ "openapi/source.lock.json": "{}", "openapi/v3/pets.yaml": "a: 1\n" });
  await git("add", "--all");
  await git("commit", "--quiet", "--message", "start");
  return {
    folder,
    write,
    git,
    async open({ problems = "", openNumber = "", checksRun = true } = {}) {
      await writeFile(join(home, "problems.txt"), problems);
      const env = { ...environment, OPEN_NUMBER: openNumber, CHECKS_RUN: String(checksRun) };
      return (await run(join(scripts, "open-spec-pull-request.sh"), [join(home, "problems.txt")], { cwd: folder, env })).stdout;
    },
    async calls() {
      const lines = (await readFile(join(home, "gh.log"), "utf8").catch(() => "")).split("\n").filter((line) => line !== "");
      return { lines, body: await readFile(join(home, "gh.log.body"), "utf8").catch(() => "") };
    },
  };
}

const fakeGh = `#!/usr/bin/env bash
echo "$*" | sed -E 's#--body-file [^ ]+#--body-file BODY#' >> "$GH_LOG"
while [ $# -gt 0 ]; do [ "$1" = --body-file ] && cp "$2" "$GH_LOG.body"; [ "$1" = --jq ] && echo "$OPEN_NUMBER"; shift; done
exit 0
`;

describe("the pull request of spec-watch", () => {
  test("is not opened for a lock that changed alone", async () => {
    await repository.write({ "openapi/source.lock.json": '{"commit":"1"}' });
    expect(await repository.open()).toContain("Nothing changed but the lock");
    expect((await repository.calls()).lines).toEqual([]);
  });

  test("is opened on the fixed branch with the report as its body", async () => {
    await repository.write({ [report]: "# What changed\n\n- `pets.get`\n", "openapi/v3/pets.yaml": "a: 2\n" });
    await repository.open();
    const { lines, body } = await repository.calls();
    expect(lines.at(-1)).toBe(
      "pr create --base main --head spec-watch/contract --title Contract: sync with the vendor's documents --body-file BODY",
    );
    expect(body).toContain("- `pets.get`");
    expect(body).toContain(`[\`${report}\`](../blob/spec-watch/contract/${report})`);
    expect(await repository.git("ls-remote", "origin", "spec-watch/contract")).toContain("refs/heads/spec-watch/contract");
  });

  test("is updated a week later, not opened a second time", async () => {
    await repository.write({ [report]: "first\n" });
    await repository.open();
    await repository.git("switch", "--quiet", "main");
    await repository.write({ [report]: "second\n" });
    await repository.open({ openNumber: "7" });
    const { lines, body } = await repository.calls();
    expect(lines.filter((line) => line.startsWith("pr create"))).toHaveLength(1);
    expect(lines.slice(-2)).toEqual(["pr edit 7 --title Contract: sync with the vendor's documents --body-file BODY", "pr ready 7"]);
    expect(body).toContain("second");
  });

  test("is a draft that lists the overlays that no longer fit", async () => {
    await repository.write({ [report]: "changes\n" });
    const problems = "openapi/overlays/pets.yaml, action 1 ($.paths): v3: the target is not there any more\n";
    await repository.open({ problems });
    const { lines, body } = await repository.calls();
    expect(lines.at(-1)).toMatch(/--draft$/);
    expect(body).toContain(`    ${problems}`);
    await repository.git("switch", "--quiet", "main");
    await repository.write({ [report]: "changes\n" });
    await repository.open({ problems, openNumber: "7" });
    expect((await repository.calls()).lines.at(-1)).toBe("pr ready 7 --undo");
  });

  test("has a body within GitHub's limit, whatever the report is", async () => {
    await repository.write({ [report]: "ä€".repeat(60_000) });
    await repository.open({ problems: "x".repeat(20_000) });
    const { body } = await repository.calls();
    expect(body.length).toBeLessThan(65_536);
    expect(body).toContain("… cut here.");
    expect(body).not.toContain("\uFFFD");
  });

  test("says how checks can run when the workflow's own token opened it", async () => {
    await repository.write({ [report]: "changes\n" });
    await repository.open({ checksRun: false });
    expect((await repository.calls()).body).toContain("SPEC_WATCH_TOKEN");
  });
});
