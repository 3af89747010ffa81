import { createHealth } from "ghlkit/health";
import type { OpenedStorage } from "ghlkit/node";
import { isGhlError } from "ghlkit";
import { DatabaseSync } from "node:sqlite";
import { envStorage, withOpened, type EnvStorage } from "../../../fields/with-env-storage.ts";
import { printable } from "../../../printable.ts";
import type { SetupCheck } from "../setup-check.ts";

const name = "store";

/** Opens the storage of the environment, writes something small, and looks at its journal. A file that is missing is not made. */
export async function checkStore(isApp: boolean): Promise<SetupCheck> {
  const named = envStorage();
  if (named === undefined)
    return isApp
      ? {
          name,
          verdict: "warning",
          detail: "GHL_DATABASE is not set: openGhl() keeps tokens in ghlkit.db of the working directory.",
          action: "Set GHL_DATABASE to a file or postgres:// URL that outlives a deployment.",
        }
      : {
          name,
          verdict: "info",
          detail: "GHL_DATABASE is not set: nothing is kept. A private token needs no store; webhooks, once() and bulk do.",
        };
  if (named.isMissing)
    return {
      name,
      verdict: "warning",
      detail: `There is no file ${printable(named.settings.database)} yet.`,
      action: "Correct GHL_DATABASE if there should be one: the application makes it at its first start.",
    };
  try {
    return await withOpened(named, (storage) => checkOpened(storage, named, isApp));
  } catch (error) {
    if (!isGhlError(error)) throw error;
    return { name, verdict: "failed", detail: error.message, action: actionOf(error.code === "storage" ? error.reason : undefined) };
  }
}

async function checkOpened(storage: OpenedStorage, { settings, file }: EnvStorage, isApp: boolean): Promise<SetupCheck> {
  const { checks } = await createHealth({ storage: { leases: storage.leases } })();
  if (checks.storage?.status !== "ok")
    return {
      name,
      verdict: "failed",
      detail: `${storage.where}: ${checks.storage?.message ?? "no answer"}`,
      action: checks.storage?.action ?? "See that it can be written.",
    };
  const schema = file === undefined ? " Its tables are up to date." : ` ${journalOf(file)}`;
  const isPlain = isApp && settings.encryptionKey === undefined;
  return {
    name,
    verdict: isPlain ? "warning" : "ok",
    detail: `${storage.where} takes writes.${schema}${isPlain ? " Tokens are plain text in it." : ""}`,
    ...(isPlain && { action: "Set GHL_ENCRYPTION_KEY (openssl rand -base64 32): tokens are encrypted when they are renewed." }),
  };
}

/** Read beside the application: WAL lets it go on. */
function journalOf(path: string): string {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    const { journal_mode: mode } = database.prepare("pragma journal_mode").get() as { readonly journal_mode: string };
    const { version } = database.prepare("select max(version) as version from ghlkit_schema").get() as { readonly version: number };
    return `Its journal is ${mode.toUpperCase()}, its tables have version ${version}.`;
  } finally {
    database.close();
  }
}

function actionOf(reason: string | undefined): string {
  if (reason === "newer_schema") return "Install the newer ghlkit that made it; an older one never opens it.";
  if (reason === "read_only") return "Give the user of the process write access to the file and its folder.";
  if (reason === "full") return "Make room on its disk.";
  if (reason === "corrupt") return "Restore it from a backup (docs/runbook.md).";
  return "See that the database runs and that GHL_DATABASE leads to it.";
}
