import { packagedContract, type Generation, type Operation } from "../../../../emulator/src/contract/contract-source.ts";
import { createEmulator, type Emulator } from "../../../../emulator/src/index.ts";
import { sampleRequest } from "../../../../emulator/test/sample-request.ts";
import { shapeOf, type ForeignMethod, type Transport } from "./foreign-method.ts";

/** What became of the methods of one client. */
export interface ClientComparison {
  /** Methods that were called. */
  readonly called: number;
  /** Methods of paths that no document knows. */
  readonly undocumented: readonly string[];
  /** Calls that are refused although the same values, sent plainly, are not; with what the refusal says. */
  readonly refused: readonly string[];
  /** The same where the client itself is wrong: another body, no token, a path of v3 under a `Version` of v2. */
  readonly mistakes: readonly string[];
}

/** Calls every method once, each on a fresh account, and the same operation by a plain request with the same values. */
export async function compareClient(methodsOf: (transport: Transport) => readonly ForeignMethod[]): Promise<ClientComparison> {
  const emulator = createEmulator({ burstLimit: 1e9, journalSize: 0 });
  let answered: Promise<string> = Promise.resolve("");
  let status = 0;
  let sent: Request | undefined;
  let failure = "";
  const transport: Transport = async (request) => {
    const response = await emulator.fetch(request);
    ({ status } = response);
    sent = request;
    answered = response.clone().text();
    return response;
  };
  const operations = new Map<string, readonly [Generation, Operation]>();
  for (const generation of ["v3", "v2"] as const)
    for (const operation of packagedContract.operations(generation))
      operations.set(`${operation.method} ${shapeOf(operation.path)}`, [generation, operation]);
  const result = { called: 0, undocumented: [] as string[], refused: [] as string[], mistakes: [] as string[] };
  for (const method of methodsOf(transport)) {
    const found = operations.get(`${method.verb} ${method.path}`);
    if (found === undefined) {
      result.undocumented.push(`${method.name}: ${method.verb} ${method.path}`);
      continue;
    }
    const plain = await plainCall(emulator, ...found);
    emulator.reset();
    status = 0;
    sent = undefined;
    await method.invoke(plain.values, plain.token).catch((error: unknown) => {
      failure = String((error as { readonly message?: unknown }).message ?? error);
    });
    result.called += 1;
    if (!isRefused(status) || isRefused(plain.status)) continue;
    const refusal = `${method.name}: ${status} ${sent === undefined ? "" : (await answered).slice(0, 200)}`;
    const mistake = sent === undefined ? `sends nothing: ${failure}` : mistakeIn(method.name, sent);
    if (mistake === undefined) result.refused.push(refusal);
    else result.mistakes.push(`${refusal} (${mistake})`);
  }
  return result;
}

/** Mistakes of single methods, which their source shows. */
const ownMistakes: Readonly<Record<string, string>> = {
  "CalendarsClient.findAppointmentNotes": "leaves out limit and offset, which both are required",
  "CalendarsClient.findFreeSlots": "leaves out startDate and endDate, which both are required",
  "CalendarsClient.findNotifications": "sends altType and altId, which the operation does not have",
  "ContactsClient.addToWorkflow": "sends startTime, which is called eventStartTime",
};

/** What a client does wrong by itself; `undefined` when nothing is seen. */
function mistakeIn(method: string, { url, headers }: Request): string | undefined {
  if (/\{|%7B/i.test(url)) return "leaves a parameter of the path as it is";
  if (!headers.has("authorization")) return "sends no token";
  return ownMistakes[method];
}

/** Refusals of the request itself. That a sampled id is unknown is no fault of a client. */
function isRefused(status: number): boolean {
  return [0, 401, 403, 405, 415, 422].includes(status) || status >= 500;
}

async function plainCall(
  emulator: Emulator,
  generation: Generation,
  operation: Operation,
): Promise<{ readonly status: number; readonly token: string; readonly values: Parameters<ForeignMethod["invoke"]>[0] }> {
  emulator.reset();
  const { request, body } = await sampleRequest(operation, generation, emulator, { isMinimal: true });
  const url = new URL(request.url);
  const sent = operation.body === "multipart" ? await request.clone().formData() : body;
  const { status } = await emulator.fetch(request);
  const path = pathValues(operation.path, url.pathname);
  const token = request.headers.get("authorization")?.replace(/^Bearer /, "") ?? "";
  return { status, token, values: { path, query: Object.fromEntries(url.searchParams), body: sent } };
}

function pathValues(template: string, path: string): readonly string[] {
  const pattern = new RegExp(`^${template.replaceAll(/[.+?^$()|[\]\\]/g, "\\$&").replaceAll(/\{\w+\}/g, "([^/]+)")}$`);
  return (pattern.exec(path) ?? []).slice(1).map(decodeURIComponent);
}
