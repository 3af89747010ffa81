/** The parts of a manifest that say what may be imported. */
export interface DeclaredDependencies {
  readonly name: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

const statement =
  /^(?:(?:import|export)\b[^"';]*|\}\s*)from\s*["']([^"']+)["']|^import\s*["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']\s*\)/gm;

/** Packages that a built file imports and its manifest does not declare: they resolve in the workspace and fail at a user's. */
export function undeclaredImports(code: string, manifest: DeclaredDependencies): string[] {
  const declared = new Set([manifest.name, ...Object.keys(manifest.dependencies ?? {}), ...Object.keys(manifest.peerDependencies ?? {})]);
  const imported = [...code.matchAll(statement)].map((match) => match[1] ?? match[2] ?? match[3] ?? "");
  const packages = imported.filter((path) => !/^(\.|node:|#)/.test(path)).map(packageOf);
  return [...new Set(packages)].filter((name) => !declared.has(name));
}

function packageOf(path: string): string {
  return path.split("/", path.startsWith("@") ? 2 : 1).join("/");
}
