import { relative } from "node:path";
import { parseArgs } from "node:util";
import { createProject } from "./create-project.ts";
import { registrySources, tarballSources } from "./package-sources.ts";
import { parseTemplate, templates } from "./template.ts";
import { UsageError } from "./usage-error.ts";

/** What the command uses of the machine. */
export interface CreateCliContext {
  readonly write: (text: string) => void;
  readonly writeError: (text: string) => void;
  /** Asks a person; `undefined` without a terminal. */
  readonly ask: ((question: string) => Promise<string>) | undefined;
}

const usage = `Usage: npm create ghlkit <folder> -- --template ${Object.keys(templates).join("|")}

Starts a project with a client of the HighLevel API, webhooks, and a test on a local HighLevel.

${Object.entries(templates)
  .map(([name, what]) => `  ${name.padEnd(9)} ${what}`)
  .join("\n")}

Options:
  --template <name>     one of these; asked for on a terminal
  --packages <folder>   packages of ghlkit from the tarballs of a folder instead of the registry
  --help
`;

/** @returns the exit code: 0, or 1 after a mistake, which was written to standard error. */
export async function runCreateCli(args: readonly string[], context: CreateCliContext): Promise<number> {
  try {
    await create(args, context);
    return 0;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    context.writeError(`${error.message}\n`);
    return 1;
  }
}

async function create(args: readonly string[], { write, ask }: CreateCliContext): Promise<void> {
  const { values, positionals } = parse(args);
  if (values.help === true) return write(usage);
  const [folder = await asked(ask, "Folder of the project: ", "Name a folder"), ...more] = positionals;
  if (more.length > 0) throw new UsageError(`One folder is made at a time; leave out ${more.join(", ")}.`);
  const names = Object.keys(templates).join(", ");
  const template = parseTemplate(values.template ?? (await asked(ask, `Template (${names}): `, "Name a template")));
  const sources = values.packages === undefined ? await registrySources() : await tarballSources(values.packages);
  await createProject({ folder, template, sources });
  write(`Made ${folder}: ${templates[template]}.

  cd ${relative(".", folder) || "."}
  npm install
  npm test       # on a local HighLevel, without an account
  npm run dev    # the same, to try it out
`);
}

async function asked(ask: CreateCliContext["ask"], question: string, missing: string): Promise<string> {
  const answer = (await ask?.(question))?.trim() ?? "";
  if (answer === "") throw new UsageError(`${missing}.\n\n${usage}`);
  return answer;
}

function parse(args: readonly string[]): ReturnType<typeof parseOptions> {
  try {
    return parseOptions(args);
  } catch (error) {
    // An option that is unknown or has no value.
    throw new UsageError(`${(error as Error).message}\n\n${usage}`);
  }
}

const parseOptions = (args: readonly string[]) =>
  parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { template: { type: "string" }, packages: { type: "string" }, help: { type: "boolean", short: "h" } },
  });
