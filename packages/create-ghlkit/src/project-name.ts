import { basename, resolve } from "node:path";
import { UsageError } from "./usage-error.ts";

/**
 * The name of the package that is made in a folder: the folder's own.
 *
 * @throws UsageError for one that npm refuses.
 * @see https://docs.npmjs.com/cli/configuring-npm/package-json#name
 */
export function projectName(folder: string): string {
  const name = basename(resolve(folder));
  const isValid = name.length <= 214 && /^[a-z0-9~-][a-z0-9._~-]*$/.test(name) && !["node_modules", "favicon.ico"].includes(name);
  if (isValid) return name;
  throw new UsageError(
    `"${name}" cannot be the name of a package: choose a folder whose name has lower-case letters, digits and hyphens only, such as my-app.`,
  );
}
