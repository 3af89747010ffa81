import { badRequest } from "./refusal.ts";

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

/**
 * Reads JSON, form and multipart bodies.
 * @throws Refusal 400 when JSON does not parse.
 */
export async function readBody(request: Request): Promise<RequestBody> {
  const type = request.headers.get("content-type") ?? "";
  if (type.startsWith("multipart/form-data")) return readMultipart(request);
  const text = await request.text();
  if (text === "") return { text, value: undefined };
  if (type.startsWith("application/x-www-form-urlencoded")) return { text, value: collect(new URLSearchParams(text)), isForm: true };
  try {
    return { text, value: JSON.parse(text) as unknown };
  } catch (error) {
    throw badRequest((error as Error).message, { error: "Bad Request" });
  }
}

async function readMultipart(request: Request): Promise<RequestBody> {
  let form: FormData;
  try {
    form = await request.formData();
  } catch {
    throw badRequest("Multipart: Unexpected end of form", { error: "Bad Request" });
  }
  const fields: [string, string][] = [];
  const files: Record<string, File[]> = {};
  for (const [name, value] of form) {
    if (typeof value === "string") fields.push([name, value]);
    else (files[name] ??= []).push(value);
  }
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
