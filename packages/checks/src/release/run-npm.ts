import { spawn } from "node:child_process";

export interface NpmResult {
  readonly ok: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs npm with arguments; tests pass another. */
export type RunNpm = (args: readonly string[], cwd?: string) => Promise<NpmResult>;

/** The npm of the machine. */
export const runNpm: RunNpm = (args, cwd) =>
  new Promise((resolve, reject) => {
    const child = spawn("npm", args, { cwd, stdio: ["ignore", "pipe", "pipe"] });
    let [stdout, stderr] = ["", ""];
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => void (stdout += chunk));
    child.stderr.setEncoding("utf8").on("data", (chunk: string) => void (stderr += chunk));
    child.on("error", reject);
    child.on("close", (code) => resolve({ ok: code === 0, stdout, stderr }));
  });

/** What a registry states of a version's tarball. */
export interface Published {
  readonly integrity?: string;
  readonly attestations?: { readonly url?: string };
}

/**
 * What the registry has of one version; `undefined` when it has none.
 *
 * @throws Error when the registry gives no clear answer: only its 404 means that a version is not there.
 */
export async function publishedVersion(name: string, version: string, npm: RunNpm): Promise<Published | undefined> {
  const { ok, stdout, stderr } = await npm(["view", `${name}@${version}`, "dist", "--json", "--prefer-online"]);
  if (ok) return stdout.trim() === "" ? undefined : (JSON.parse(stdout) as Published);
  if (/\bE404\b/.test(stdout + stderr)) return undefined;
  throw new Error(`npm view ${name}@${version} failed:\n${stderr}${stdout}`);
}
