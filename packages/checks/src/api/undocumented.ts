import ts from "typescript-5";
import type { PackageApi } from "./package-api.ts";

/** Exports and options of a package, and those of them that have no docstring. */
export interface Documentation {
  readonly total: number;
  /** `Name` or `Name.member`. */
  readonly missing: readonly string[];
}

/** Looks for docstrings of everything that is exported, and of each option that a user may set: members of `…Options` and `…Settings`. */
export function documentationOf({ entryPoints }: PackageApi): Documentation {
  const seen = new Map<string, boolean>();
  for (const { from } of [...entryPoints.values()].flat()) {
    if (typeof from === "string" || /[\\/]generated[\\/]/.test(from.file)) continue;
    seen.set(from.name, from.statements.some(hasDocstring));
    for (const statement of from.statements) {
      if (!ts.isInterfaceDeclaration(statement) || !/(Options|Settings)$/.test(from.name)) continue;
      for (const member of statement.members) seen.set(`${from.name}.${member.name?.getText() ?? "()"}`, hasDocstring(member));
    }
  }
  return { total: seen.size, missing: [...seen].flatMap(([name, isThere]) => (isThere ? [] : [name])).toSorted() };
}

/** What is missing and not allowed to be, and what is allowed and not missing: the list can only shrink. */
export function documentationProblems(missing: readonly string[], allowed: readonly string[]): readonly string[] {
  return [
    ...missing.filter((item) => !allowed.includes(item)).map((item) => `${item} has no docstring.`),
    ...allowed.filter((item) => !missing.includes(item)).map((item) => `${item} has a docstring: take it out of undocumented-allowed.ts.`),
  ];
}

function hasDocstring(node: ts.Node): boolean {
  return ts.getJSDocCommentsAndTags(node).some((comment) => ts.isJSDoc(comment) && textOf(comment) !== "");
}

function textOf({ comment, tags = [] }: Pick<ts.JSDoc, "comment"> & { readonly tags?: readonly ts.JSDocTag[] | undefined }): string {
  return [ts.getTextOfJSDocComment(comment) ?? "", ...tags.map((tag) => ts.getTextOfJSDocComment(tag.comment) ?? "")].join("").trim();
}
