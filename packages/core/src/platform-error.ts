/** The platform's error bodies, brought to one form. */
export interface PlatformError {
  /** Every message, in order; the platform sends one or a list. */
  readonly messages: readonly string[];
  /** `meta` of a duplicate contact. */
  readonly meta: Readonly<Record<string, unknown>>;
  /** Code of the AIP envelope, of a messaging error, or of OAuth (RFC 6749 5.2). */
  readonly code: string | undefined;
}

type Fields = Readonly<Record<string, unknown>>;

/** Reads an error body: `{message}`, `{message: []}`, `{msg}`, `{error: {code, message}}`, `{error, error_description}`, or text. */
export function parsePlatformError(text: string): PlatformError {
  const body = parse(text);
  if (body === undefined) return { messages: isPage(text) || text === "" ? [] : [text.slice(0, 300)], meta: {}, code: undefined };
  const inner = fields(body["error"]);
  const source = [body["message"], inner?.["message"], body["error_description"], body["msg"], body["detail"], body["error"]].find(hasText);
  const messages = (Array.isArray(source) ? source : [source]).filter((message) => typeof message === "string");
  const oauth = body["error_description"] === undefined ? undefined : body["error"];
  const code = [body["code"], inner?.["code"], oauth].find((value) => typeof value === "string");
  return { messages, meta: fields(body["meta"]) ?? {}, code };
}

/** The platform's id of a request, from the end of an answer's body. */
export function traceIdOf(text: string): string | undefined {
  const at = text.lastIndexOf('"traceId"');
  return at < 0 ? undefined : /^"traceId"\s*:\s*"([\w:.-]{1,100})"/.exec(text.slice(at, at + 130))?.[1];
}

function hasText(value: unknown): boolean {
  return typeof value === "string" || (Array.isArray(value) && value.length > 0);
}

function isPage(text: string): boolean {
  return text.trimStart().startsWith("<");
}

function parse(text: string): Fields | undefined {
  try {
    return fields(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function fields(value: unknown): Fields | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
}
