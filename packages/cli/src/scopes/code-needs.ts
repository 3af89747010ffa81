import { readFile } from "node:fs/promises";
import { relative } from "node:path";
import { UsageError } from "../usage-error.ts";
import { withoutComments } from "./code-text.ts";
import { findEvents, scopesOfEvent } from "./find-events.ts";
import { findOperations } from "./find-operations.ts";
import { helperImports, helperOperations } from "./helper-operations.ts";
import { operationOf } from "./known-operations.ts";
import { sourceFiles } from "./source-files.ts";

/** An operation or event that needs one of some scopes. */
export interface Need {
  /** Operation id or type of event. */
  readonly name: string;
  /** `operation` and `event` are certain; a `helper` names operations of functions that may not be called. */
  readonly by: "operation" | "event" | "helper";
  /** `null` where the documents state none. */
  readonly scopes: readonly string[] | null;
  /** Where it stands first. */
  readonly at: string;
}

/** Where to look. */
export interface CodeNeedsOptions {
  readonly source: readonly string[];
  /** Operation ids that text does not show. */
  readonly needs?: readonly string[];
  /** Operation ids that text shows and code does not call. */
  readonly ignore?: readonly string[];
}

/** What code needs, by operation or event, each once: the certain one first. @throws UsageError */
export async function codeNeeds({ source, needs = [], ignore = [] }: CodeNeedsOptions): Promise<readonly Need[]> {
  const found = new Map<string, Need>();
  const helpers = new Map<string, string>();
  const note = (need: Need): void => {
    if (!found.has(need.name) && !ignore.includes(need.name)) found.set(need.name, need);
  };
  for (const name of [...needs, ...ignore]) if (operationOf(name) === undefined) throw new UsageError(`There is no operation "${name}".`);
  for (const name of needs) note(operationNeed(name, "operation", "--needs"));
  for (const path of source)
    for (const file of await sourceFiles(path)) {
      const code = withoutComments(await readFile(file, "utf8"));
      const shown = relative(process.cwd(), file);
      for (const { id, line } of findOperations(code)) note(operationNeed(id, "operation", `${shown}:${line}`));
      for (const type of findEvents(code)) note({ name: type, by: "event", scopes: scopesOfEvent(type), at: shown });
      for (const helper of helperImports(code)) if (!helpers.has(helper)) helpers.set(helper, shown);
    }
  for (const [helper, at] of helpers)
    for (const id of await helperOperations(helper)) note(operationNeed(id, "helper", `${helper} in ${at}`));
  return [...found.values()];
}

function operationNeed(name: string, by: Need["by"], at: string): Need {
  return { name, by, scopes: operationOf(name)?.scopes ?? null, at };
}
