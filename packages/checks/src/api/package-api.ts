import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript-5";
import { declarationFile, type DeclarationFile } from "./declaration-file.ts";

/** One thing that a package's entry points export, or that the types of such a thing mention. */
export interface ApiItem {
  readonly name: string;
  /** Absolute path of the file that declares it. */
  readonly file: string;
  /** Its declarations; overloads are several. */
  readonly statements: readonly ts.Statement[];
}

/** What an entry point exports under one name. */
export interface ApiExport {
  readonly name: string;
  /** A declaration of the package's own, or the module that it is passed on from. */
  readonly from: ApiItem | string;
}

export interface PackageApi {
  /** Entry point, such as `.` or `./testing` → exports by name. */
  readonly entryPoints: ReadonlyMap<string, readonly ApiExport[]>;
  /** Types that exported declarations mention and that no entry point exports. */
  readonly mentioned: readonly ApiItem[];
}

/**
 * Reads the API of a package from its sources.
 *
 * @param entryPoints Entry point → source file, absolute.
 */
export function packageApi(entryPoints: ReadonlyMap<string, string>): PackageApi {
  const files = new Files();
  const exports = new Map([...entryPoints].map(([entry, file]) => [entry, files.exportsOf(file)] as const));
  const items = [...exports.values()].flat().flatMap(({ from }) => (typeof from === "string" ? [] : [from]));
  return { entryPoints: exports, mentioned: mentionedItems(files, items) };
}

/** Follows types from declaration to declaration. */
function mentionedItems(files: Files, items: readonly ApiItem[]): readonly ApiItem[] {
  const keyOf = ({ file, name }: ApiItem): string => `${file} ${name}`;
  const seen = new Set(items.map(keyOf));
  const mentioned: ApiItem[] = [];
  const queue = [...items];
  for (let item = queue.shift(); item !== undefined; item = queue.shift()) {
    for (const name of namesIn(item.statements)) {
      const found = files.find(item.file, name);
      if (found === undefined || typeof found === "string" || seen.has(keyOf(found))) continue;
      seen.add(keyOf(found));
      mentioned.push(found);
      queue.push(found);
    }
  }
  return mentioned.toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.file < b.file ? -1 : 1));
}

/** Names of types and values that declarations refer to. */
function namesIn(statements: readonly ts.Statement[]): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isTypeReferenceNode(node)) names.add(leftmost(node.typeName));
    if (ts.isExpressionWithTypeArguments(node) && ts.isIdentifier(node.expression)) names.add(node.expression.text);
    if (ts.isTypeQueryNode(node)) names.add(leftmost(node.exprName));
    if (ts.isComputedPropertyName(node) && ts.isIdentifier(node.expression)) names.add(node.expression.text);
    ts.forEachChild(node, visit);
  };
  statements.forEach(visit);
  return names;
}

function leftmost(name: ts.EntityName): string {
  return ts.isIdentifier(name) ? name.text : leftmost(name.left);
}

/** Sources of a package, read when first needed. */
class Files {
  readonly #files = new Map<string, DeclarationFile>();

  exportsOf(path: string): readonly ApiExport[] {
    const names = [...this.#read(path).exported.keys()].toSorted();
    return names.map((name) => {
      const from = this.#exported(path, name);
      if (from === undefined) throw new Error(`${path} exports ${name}, which is nowhere declared.`);
      return { name, from };
    });
  }

  /** What a name stands for in a file: a declaration, a module of another package, or `undefined` for what the language brings. */
  find(path: string, name: string): ApiItem | string | undefined {
    const { declared, imported } = this.#read(path);
    const statements = declared.get(name);
    if (statements !== undefined) return { name, file: path, statements };
    const origin = imported.get(name);
    return origin?.module === undefined ? undefined : this.#follow(path, origin.module, origin.name);
  }

  #exported(path: string, name: string): ApiItem | string | undefined {
    const origin = this.#read(path).exported.get(name);
    if (origin === undefined) return undefined;
    return origin.module === undefined ? this.find(path, origin.name) : this.#follow(path, origin.module, origin.name);
  }

  #follow(path: string, module: string, name: string): ApiItem | string | undefined {
    return module.startsWith(".") ? this.#exported(join(dirname(path), module), name) : module;
  }

  #read(path: string): DeclarationFile {
    let file = this.#files.get(path);
    if (file === undefined) this.#files.set(path, (file = declarationFile(path, readFileSync(path, "utf8"))));
    return file;
  }
}
