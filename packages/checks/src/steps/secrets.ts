import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { findSecrets } from "../find-secrets.ts";
import { allowedSecrets } from "../allowed-secrets.ts";
import { judged, type Step } from "../step.ts";
import { workspaceFiles } from "../workspace-files.ts";

/** Looks for tokens, client secrets and keys in every file that is or would be tracked. */
export const secrets: Step = {
  name: "secrets",
  run: async ({ root }) => {
    const files = await workspaceFiles(root);
    const unused = new Map(allowedSecrets.map((allowed) => [allowed.fingerprint, allowed]));
    const problems: string[] = [];
    for (const path of files) {
      const bytes = await readFile(join(root, path)).catch(() => undefined);
      if (bytes === undefined || bytes.includes(0)) continue;
      for (const { kind, line, fingerprint } of findSecrets(bytes.toString("utf8"))) {
        const allowed = allowedSecrets.some((entry) => entry.path === path && entry.fingerprint === fingerprint);
        if (allowed) unused.delete(fingerprint);
        else problems.push(`${path}:${line} looks like ${kind} (fingerprint ${fingerprint})`);
      }
    }
    for (const { path, fingerprint } of unused.values())
      problems.push(`${path}: the allowed ${fingerprint} is not there any more; drop it from the list`);
    return judged(problems, `${files.length} files`);
  },
};
