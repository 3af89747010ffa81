import { relative } from "node:path";
import ts from "typescript-5";
import type { ApiExport, ApiItem, PackageApi } from "./package-api.ts";

const printer = ts.createPrinter({ removeComments: true, newLine: ts.NewLineKind.LineFeed });

/**
 * Writes the API of a package as text that shows each change of it in review.
 *
 * @param folder Absolute path of the package.
 */
export function renderApi(name: string, folder: string, { entryPoints, mentioned }: PackageApi): string {
  const sections = [...entryPoints].map(([entry, exports]) =>
    section(
      `\`${name}${entry.slice(1)}\``,
      exports.map((one) => renderExport(one, folder)),
    ),
  );
  const others = mentioned.filter(({ file }) => !isGenerated(file)).map(renderItem);
  return [
    `# API of ${name}`,
    "",
    "Written by `pnpm api`. Do not edit; a change of this file is a change of what users see.",
    "",
    ...sections,
    ...(others.length === 0 ? [] : [section("Mentioned by these, and not exported", others)]),
  ].join("\n");
}

function section(title: string, declarations: readonly string[]): string {
  return `## ${title}\n\n\`\`\`ts\n${declarations.join("\n")}\n\`\`\`\n`;
}

function renderExport({ name, from }: ApiExport, folder: string): string {
  if (typeof from === "string") return `export { ${name} } from "${from}";`;
  if (isGenerated(from.file)) return `export { ${name} } from "${relative(folder, from.file)}"; // generated`;
  return from.name === name ? renderItem(from) : `${renderItem(from)}\nexport { ${from.name} as ${name} };`;
}

function renderItem({ statements }: ApiItem): string {
  return statements.map((statement) => printer.printNode(ts.EmitHint.Unspecified, statement, statement.getSourceFile())).join("\n");
}

function isGenerated(file: string): boolean {
  return /[\\/]generated[\\/]/.test(file);
}
