import { operationTable } from "@ghlkit/contract";
import { answerJson, answerText, classify, createContext, ghlError, type Principal } from "@ghlkit/core";
import type { TokenManager } from "../token/token-manager.ts";
import type { InstallationParts } from "./installation-parts.ts";

/** What the platform's list of installed locations is read with. */
export interface LocationList extends Pick<InstallationParts, "app" | "send" | "timeoutMs"> {
  readonly tokens: Pick<TokenManager, "liveToken">;
}

interface Page {
  readonly items: readonly { readonly _id?: string; readonly isInstalled?: boolean }[];
  readonly next: string | undefined;
}

/** Ids of the locations of a company where the app is installed, or the one that is asked for; in the paging of the app's dialect. */
export async function* installedLocations(
  parts: LocationList,
  company: Principal,
  location?: string,
): AsyncGenerator<string, void, undefined> {
  const seen = new Set<string>();
  let position: string | undefined;
  do {
    const page = await pageAt(parts, { company, location }, position);
    for (const { _id, isInstalled } of page.items) if (_id !== undefined && isInstalled !== false) yield _id;
    position = page.next;
    if (position !== undefined && seen.has(position))
      throw ghlError("invalid_response", "The list of installed locations repeats a page.", { status: 200 }, { principal: company });
    if (position !== undefined) seen.add(position);
  } while (position !== undefined);
}

interface Question {
  readonly company: Principal;
  readonly location: string | undefined;
}

async function pageAt(parts: LocationList, { company, location }: Question, position: string | undefined): Promise<Page> {
  const { app } = parts;
  const size = 100;
  const query = new URLSearchParams({ companyId: company.resource, appId: app.appId, isInstalled: "true" });
  if (location !== undefined) query.set("locationId", location);
  if (app.dialect === "v3") {
    query.set("pageSize", String(size));
    if (position !== undefined) query.set("pageToken", position);
    const answer = (await ask(parts, company, `/oauth/installed-locations?${query}`)) as Record<string, unknown>;
    const pagination = answer["pagination"] as { readonly hasNextPage?: boolean; readonly nextPageToken?: string } | undefined;
    return { items: list(answer["items"]), next: pagination?.hasNextPage === false ? undefined : pagination?.nextPageToken };
  }
  const skip = Number(position ?? 0);
  query.set("skip", String(skip));
  query.set("limit", String(size));
  const answer = (await ask(parts, company, `/oauth/installedLocations?${query}`)) as Record<string, unknown>;
  const items = list(answer["locations"]);
  return { items, next: items.length < size ? undefined : String(skip + items.length) };
}

async function ask({ app, send, timeoutMs, tokens }: LocationList, company: Principal, path: string): Promise<unknown> {
  const version = app.dialect === "v3" ? "v3" : "2021-07-28";
  const context = createContext({
    operation: operationTable.operation("oauth.listInstalledLocations"),
    principal: company,
    timeoutMs,
    priority: "bulk",
  });
  let rejected: string | undefined;
  for (;;) {
    const { accessToken } = await tokens.liveToken(company, { rejected });
    const headers = { authorization: `Bearer ${accessToken}`, accept: "application/json", version };
    const response = await send(Object.freeze({ method: "GET", url: `${app.baseUrl}${path}`, headers, body: undefined }), context);
    if (response.ok) return answerJson(response, context);
    const error = classify(response, await answerText(response), context);
    if (rejected !== undefined || (error.code !== "token_expired" && error.code !== "token_revoked")) throw error;
    rejected = accessToken;
  }
}

function list(value: unknown): Page["items"] {
  return Array.isArray(value) ? (value as Page["items"]) : [];
}
