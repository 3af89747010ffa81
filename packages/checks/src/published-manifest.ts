/** A parsed package.json. */
export type Manifest = Readonly<Record<string, unknown>>;

type Versions = Readonly<Record<string, string>>;

/** Exact versions that a workspace's manifests refer to. */
export interface WorkspaceVersions {
  /** Packages of the workspace, by name: what `workspace:` stands for. */
  readonly packages: ReadonlyMap<string, string>;
  /** What `catalog:` stands for. */
  readonly catalog: Versions;
}

/** What matters in the workspace alone. */
const workspaceOnly = new Set(["scripts", "devDependencies", "publishConfig"]);

/**
 * The manifest that is published: `publishConfig` applied, `workspace:` and `catalog:` replaced by versions, in the order of the source. (pnpm
 * writes replaced dependencies in the order in which it has read their manifests, so that two tarballs of it differ.)
 *
 * @throws Error when a dependency has no version.
 */
export function publishedManifest(manifest: Manifest, versions: WorkspaceVersions): Manifest {
  const { access, ...replaced } = (manifest["publishConfig"] ?? {}) as Manifest;
  const fields = Object.entries({ ...manifest, ...replaced }).filter(([field]) => !workspaceOnly.has(field));
  const published = fields.map(([field, value]) => [field, /dependencies$/i.test(field) ? resolved(value as Versions, versions) : value]);
  return { ...Object.fromEntries(published), publishConfig: { access } };
}

function resolved(dependencies: Versions, versions: WorkspaceVersions): Versions {
  return Object.fromEntries(Object.entries(dependencies).map(([name, range]) => [name, versionOf(name, range, versions)]));
}

function versionOf(name: string, range: string, { packages, catalog }: WorkspaceVersions): string {
  const [, protocol, rest] = /^(workspace|catalog):(.*)$/.exec(range) ?? [];
  if (protocol === undefined) return range;
  const version = protocol === "catalog" ? (rest === "" ? catalog[name] : undefined) : packages.get(name);
  if (version === undefined) throw new Error(`${name} has no version for ${range}.`);
  return protocol === "workspace" && (rest === "^" || rest === "~") ? `${rest}${version}` : version;
}
