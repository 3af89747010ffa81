import { inspectAccounts, type Account } from "ghlkit/health";
import type { LocationsOptions } from "../fields/locations-from.ts";
import { withEnvStorage } from "../fields/with-env-storage.ts";
import type { Report } from "../report.ts";
import { ageText } from "./age-text.ts";
import { tableOf } from "../sync/sync-commands.ts";
import { UsageError } from "../usage-error.ts";
import { nextOfAccount, nextOfPrivate, type NextAction } from "./next-action.ts";
import { privateTokens, type ListedPrivateToken } from "./private-tokens.ts";

export interface TokensOptions extends LocationsOptions {
  /** Client id; default: that of `GHL_CLIENT_ID`, or all apps of the storage. */
  readonly app?: string;
  /** Ends with 1 when something is due. */
  readonly check?: boolean;
  /** Days after which a private token is to be rotated. */
  readonly rotateAfter: number;
}

/** A token or installation with what is next for it. Nothing secret. */
type Line =
  | ({ readonly type: "private" } & ListedPrivateToken & { readonly next: NextAction })
  | ({ readonly type: "app" } & Omit<Account, "action"> & { readonly next: NextAction });

/** Lists private tokens and installations. @throws UsageError */
export async function listTokens(options: TokensOptions): Promise<Report> {
  const now = Date.now();
  const lines: Line[] = [];
  for (const token of await privateTokens(options))
    lines.push({ type: "private", ...token, next: nextOfPrivate(token, { now, rotateAfterDays: options.rotateAfter }) });
  for (const { action, ...account } of await accountsOf(options, now))
    lines.push({ type: "app", ...account, next: nextOfAccount({ action, ...account }) });
  if (lines.length === 0)
    throw new UsageError(
      "There is no token: set GHL_TOKEN and GHL_LOCATION_ID, give --tokens, or set GHL_DATABASE to where your app keeps its tokens.",
    );
  const due = lines.filter(({ next }) => next.isDue).length;
  const table = tableOf(
    ["kind", "account", "state", "age", "last use", "next"],
    lines.map((line) => rowOf(line, now)),
  );
  return {
    ok: options.check !== true || due === 0,
    json: lines,
    text: `${table}\n${due === 0 ? "Nothing is due." : `${due} due.`}`,
  };
}

function accountsOf({ app = process.env["GHL_CLIENT_ID"] }: TokensOptions, now: number): Promise<readonly Account[]> {
  return withEnvStorage(async (storage) => {
    const accounts: Account[] = [];
    if (storage === undefined) return accounts;
    for await (const account of inspectAccounts(storage, { now, ...(app !== undefined && { app }) })) accounts.push(account);
    return accounts;
  });
}

function rowOf(line: Line, now: number): readonly string[] {
  if (line.type === "private") {
    const { kind, resource, fingerprint, createdAt, next } = line;
    return ["private", `${kind} ${resource}`, `sha256 ${fingerprint}…`, ageText(createdAt, now), "not recorded", next.text];
  }
  const { principal, state, isMinted, installedAt, renewedAt, next } = line;
  const used = renewedAt === undefined ? "never" : `${ageText(renewedAt, now)} ago`;
  return [
    "app",
    `${principal.kind} ${principal.resource}`,
    stateText(state, isMinted),
    ageText(installedAt ?? renewedAt, now),
    used,
    next.text,
  ];
}

function stateText(state: Account["state"], isMinted: boolean): string {
  return `${state ?? "grant"}${isMinted ? ", minted from its company" : ""}`;
}
