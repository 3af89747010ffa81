import { isGhlError, type Client } from "ghlkit";

/** One line of the report. `info` is neither right nor wrong. */
export interface CheckLine {
  readonly name: string;
  readonly verdict: "passed" | "failed" | "info";
  readonly detail: string;
}

/** Reads that are compared with the contract. */
const reads: readonly (readonly [string, (client: Client, locationId: string) => Promise<unknown>])[] = [
  ["contacts.search", (client, locationId) => client.contacts.search({ body: { locationId, pageLimit: 5 } })],
  ["opportunities.listPipelines", (client, locationId) => client.opportunities.listPipelines({ locationId })],
  ["opportunities.search", (client, locationId) => client.opportunities.search({ locationId, limit: 5 })],
  ["conversations.search", (client, locationId) => client.conversations.search({ locationId, limit: 5 })],
  ["workflows.list", (client, locationId) => client.workflows.list({ locationId })],
  ["locations.listTags", (client, locationId) => client.locations.listTags({ locationId })],
  ["locations.listCustomFields", (client, locationId) => client.locations.listCustomFields({ locationId })],
];

/** Looks at host, token, Version handling, rate headers and the commonest reads. Reads only. */
export async function* liveChecks(client: Client, locationId: string): AsyncGenerator<CheckLine, void, undefined> {
  const path = `/locations/${encodeURIComponent(locationId)}`;
  const { rate, traceId } = await client.locations.get({ locationId }).withResponse();
  yield {
    name: "host and token",
    verdict: "passed",
    detail: `locations.get answered${traceId === undefined ? "" : `, traceId ${traceId}`}`,
  };
  const isComplete = rate.limit !== undefined && rate.remaining !== undefined && rate.intervalMs !== undefined;
  yield {
    name: "rate headers",
    verdict: isComplete ? "passed" : "failed",
    detail: isComplete
      ? `${rate.remaining} of ${rate.limit} left in ${rate.intervalMs} ms, ${rate.dailyRemaining ?? "?"} of ${rate.dailyLimit ?? "?"} left today`
      : "absent",
  };
  yield* versionChecks(client, path);
  for (const [name, read] of reads) yield await readCheck(name, () => read(client, locationId));
}

async function* versionChecks(client: Client, path: string): AsyncGenerator<CheckLine, void, undefined> {
  for (const [name, version] of [
    ["no Version header", undefined],
    ["an unknown Version", "1999-01-01"],
  ] as const) {
    const code = await codeOf(() => client.request("GET", path, version === undefined ? {} : { version }));
    yield {
      name,
      verdict: code === "version_rejected" ? "passed" : "info",
      detail: code === undefined ? "accepted (documented: refused)" : code,
    };
  }
  for (const version of ["v3", "2023-02-21", "2021-07-28", "2021-04-15", "2021-01-01"]) {
    const code = await codeOf(() => client.request("GET", path, { version }));
    yield {
      name: `Version ${version}`,
      verdict: code === undefined ? "passed" : version === "v3" ? "failed" : "info",
      detail: code ?? "accepted",
    };
  }
}

async function readCheck(name: string, read: () => Promise<unknown>): Promise<CheckLine> {
  try {
    await read();
    return { name, verdict: "passed", detail: "answered" };
  } catch (error) {
    if (!isGhlError(error)) throw error;
    // A token need not have every scope: what it may not read is reported, not counted.
    return { name, verdict: error.code === "scope_missing" ? "info" : "failed", detail: `${error.code}: ${error.message}` };
  }
}

async function codeOf(call: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await call();
    return undefined;
  } catch (error) {
    if (!isGhlError(error)) throw error;
    return error.code;
  }
}
