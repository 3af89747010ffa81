/** Packages that may import every other one. */
const free: ReadonlySet<string> = new Set(["ghlkit", "cli", "checks", "bench", "spec-tools", "app-kit", "demo", "create-ghlkit"]);

const stores = ["contract", "core", "storage", "storage/engine", "storage/testing"] as const;

/** What the packages may import of each other: entry points by folder name. A package that is missing here may import none. */
const table: Readonly<Record<string, readonly string[]>> = {
  contract: [],
  "contract-documents": [],
  core: ["contract"],
  // The documents are for the drift report alone; lint holds that.
  client: ["contract", "core", "contract-documents"],
  storage: ["contract", "core"],
  "storage-sqlite": stores,
  "storage-postgres": stores,
  "storage-redis": stores,
  auth: ["contract", "core", "storage"],
  resilience: ["contract", "core", "storage"],
  webhooks: ["contract", "core", "storage"],
  crm: ["contract", "core", "storage", "client", "resilience", "webhooks"],
  sync: ["contract", "core", "storage", "storage/engine", "client", "resilience", "webhooks", "crm/bulk", "crm/fields"],
  emulator: ["contract", "contract-documents"],
  "test-servers": ["emulator", "contract"],
};

/** Entry points of `contract` that are as good as the main one: data that is loaded when it is needed. */
const ofContract = /^contract(-documents)?\//;

/**
 * Whether the sources of a package may import another package of the workspace.
 * @param folder Folder name of the importing package, e.g. `auth`.
 * @param imported The imported name, e.g. `@ghlkit/storage/testing`; what is not of the workspace may be imported.
 */
export function mayImport(folder: string, imported: string): boolean {
  if (imported === "ghlkit" || imported.startsWith("ghlkit/")) return free.has(folder);
  if (!imported.startsWith("@ghlkit/") || free.has(folder)) return true;
  const entry = imported.slice("@ghlkit/".length);
  if (entry === folder || entry.startsWith(`${folder}/`)) return true;
  const allowed = table[folder] ?? [];
  const [main = ""] = entry.split("/", 1);
  return allowed.includes(ofContract.test(entry) ? main : entry);
}
