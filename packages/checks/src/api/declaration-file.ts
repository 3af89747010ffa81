import ts from "typescript-5";

/** Where a name comes from. */
export interface Origin {
  /** Module specifier as written, e.g. `./send.ts`; `undefined` for the file itself. */
  readonly module: string | undefined;
  /** Name in that module. */
  readonly name: string;
}

/** What a source file declares, as its declaration file has it: without bodies, which are no part of an API. */
export interface DeclarationFile {
  /** Top-level statements by the names that they declare; overloads are several. */
  readonly declared: ReadonlyMap<string, readonly ts.Statement[]>;
  readonly imported: ReadonlyMap<string, Origin>;
  readonly exported: ReadonlyMap<string, Origin>;
}

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.NodeNext,
  isolatedDeclarations: true,
  declaration: true,
  allowImportingTsExtensions: true,
};

/**
 * Reads one file. Types are stated on everything that is exported (`isolatedDeclarations`), so that no other file and no checker is needed.
 *
 * @throws Error when a type is not stated.
 */
export function declarationFile(path: string, text: string): DeclarationFile {
  const { outputText, diagnostics = [] } = ts.transpileDeclaration(text, {
    fileName: path,
    compilerOptions: options,
    reportDiagnostics: true,
  });
  if (diagnostics.length > 0)
    throw new Error(`${path}: ${diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n")).join("\n")}`);
  const file = ts.createSourceFile(path, outputText, ts.ScriptTarget.ES2023, true);
  const declared = new Map<string, ts.Statement[]>();
  const imported = new Map<string, Origin>();
  const exported = new Map<string, Origin>();
  for (const statement of file.statements) {
    for (const name of declaredNames(statement)) {
      declared.set(name, [...(declared.get(name) ?? []), statement]);
      if (isExported(statement)) exported.set(name, { module: undefined, name });
    }
    for (const [name, origin] of importedNames(statement)) imported.set(name, origin);
    for (const [name, origin] of exportedNames(statement)) exported.set(name, origin);
  }
  return { declared, imported, exported };
}

function declaredNames(statement: ts.Statement): readonly string[] {
  if (ts.isVariableStatement(statement)) return statement.declarationList.declarations.map(({ name }) => name.getText());
  const isNamed =
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement);
  return isNamed && statement.name !== undefined ? [statement.name.text] : [];
}

function isExported(statement: ts.Statement): boolean {
  const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : [];
  return modifiers.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
}

function importedNames(statement: ts.Statement): readonly (readonly [string, Origin])[] {
  if (!ts.isImportDeclaration(statement)) return [];
  const module = (statement.moduleSpecifier as ts.StringLiteral).text;
  const bindings = statement.importClause?.namedBindings;
  const named = bindings !== undefined && ts.isNamedImports(bindings) ? bindings.elements : [];
  return named.map(({ name, propertyName }) => [name.text, { module, name: (propertyName ?? name).text }] as const);
}

function exportedNames(statement: ts.Statement): readonly (readonly [string, Origin])[] {
  if (!ts.isExportDeclaration(statement) || statement.exportClause === undefined || !ts.isNamedExports(statement.exportClause)) return [];
  const module = (statement.moduleSpecifier as ts.StringLiteral | undefined)?.text;
  return statement.exportClause.elements.map(
    ({ name, propertyName }) => [name.text, { module, name: (propertyName ?? name).text }] as const,
  );
}
