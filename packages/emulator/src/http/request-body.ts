import { BoundsError } from "../bounds/check-value.ts";
import { isDeeper, mostLevels } from "../bounds/is-deeper.ts";
import { readBytes } from "../bounds/read-bytes.ts";
import { reply } from "./answer.ts";
import { readFiles } from "./file-bytes.ts";
import { badRequest, Refusal } from "./refusal.ts";

/** A request body as it came and as it reads. */
export interface RequestBody {
  /** As sent; for multipart the names of its parts. */
  readonly text: string;
  /** `undefined` when there is none. */
  readonly value: unknown;
  /** Forms carry every value as text. */
  readonly isForm?: boolean;
  /** Files of a multipart body by part name. */
  readonly files?: Readonly<Record<string, readonly File[]>>;
}

/** What is read as JSON: what says so, or whatever is neither form nor multipart. */
export type BodyType = "json" | "any";

/**
 * Reads JSON, form and multipart bodies. A body of another type has no value: a framework leaves it unread.
 * @throws Refusal 400 when JSON does not parse or is nested too deeply, 413 when there are more bytes.
 */
export async function readBody(request: Request, mostBytes: number, bodyType: BodyType = "any"): Promise<RequestBody> {
  const type = (request.headers.get("content-type") ?? "").trim();
  const essence = type.split(";")[0]?.trim().toLowerCase();
  const bytes = await bytesOf(request, mostBytes);
  if (essence === "multipart/form-data") return readMultipart(bytes, type);
  const text = new TextDecoder().decode(bytes);
  if (text === "") return { text, value: undefined };
  if (essence === "application/x-www-form-urlencoded") return { text, value: collect(new URLSearchParams(text)), isForm: true };
  if (bodyType === "json" && essence !== "application/json") return { text, value: undefined };
  const value = parse(text);
  if (isDeeper(value)) throw badRequest(`The body is nested deeper than ${mostLevels} levels.`, { error: "Bad Request" });
  return { text, value };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw badRequest((error as Error).message, { error: "Bad Request" });
  }
}

async function bytesOf(request: Request, mostBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return await readBytes(request, mostBytes);
  } catch (error) {
    if (!(error instanceof BoundsError)) throw error;
    // The words of the platform's framework.
    const answer = reply(413, { statusCode: 413, message: "request entity too large", error: "Payload Too Large" }, "inferred");
    // The rest is not read.
    throw new Refusal({ ...answer, headers: { connection: "close" } });
  }
}

async function readMultipart(bytes: Uint8Array<ArrayBuffer>, type: string): Promise<RequestBody> {
  let form: FormData;
  try {
    form = await new Response(bytes, { headers: { "content-type": type } }).formData();
  } catch {
    throw badRequest("Multipart: Unexpected end of form", { error: "Bad Request" });
  }
  const fields: [string, string][] = [];
  const files: Record<string, File[]> = {};
  for (const [name, value] of form) {
    if (typeof value === "string") fields.push([name, value]);
    else (files[name] ??= []).push(value);
  }
  await readFiles(Object.values(files).flat());
  return { text: `multipart: ${[...form.keys()].join(", ")}`, value: collect(fields), isForm: true, files };
}

/** Names that repeat, or end in `[]`, become lists. */
function collect(entries: Iterable<readonly [string, string]>): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (const [rawName, value] of entries) {
    const isList = rawName.endsWith("[]");
    const name = isList ? rawName.slice(0, -2) : rawName;
    const before = fields[name];
    if (before === undefined) fields[name] = isList ? [value] : value;
    else fields[name] = [...(Array.isArray(before) ? (before as unknown[]) : [before]), value];
  }
  return fields;
}
