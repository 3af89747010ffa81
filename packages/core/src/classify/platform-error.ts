/** The platform's error bodies, brought to one form. */
export interface PlatformError {
  /** Every message, in order; the platform sends one or a list. */
  readonly messages: readonly string[];
  /** The platform's own name of the refusal: `canonicalCode`, `code`, that of the AIP envelope, or of OAuth (RFC 6749 5.2). */
  readonly code: string | undefined;
  /** The status that the body names; a 400 can carry a body that says 422. */
  readonly status: number | undefined;
  /** Ids that a refusal of a duplicate can name, by field. */
  readonly ids: Readonly<Record<"existingId" | "contactId" | "opportunityId" | "conversationId", string | undefined>>;
  /** The field that matched, of a duplicate. */
  readonly matchingField: string | undefined;
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads an error body: `{message}`, `{message: []}`, `{msg}`, `{error: {code, message}}`, `{error, error_description}`, with `code`,
 * `canonicalCode` and `meta` at any of these places, or text.
 */
export function parsePlatformError(text: string): PlatformError {
  const body = parse(text);
  const messages = body === undefined ? textMessages(text) : messagesOf(body);
  const errors = Array.isArray(body?.["errors"]) ? (body["errors"] as readonly unknown[]) : [];
  const inner = [body?.["error"], body?.["message"], body?.["meta"], body?.["data"], ...errors].map(fields);
  const places = [body, ...inner].filter((place): place is Fields => place !== undefined);
  const find = (...names: readonly string[]): string | undefined =>
    names.flatMap((name) => places.map((place) => place[name])).find((value): value is string => typeof value === "string" && value !== "");
  const oauth = body?.["error_description"] === undefined ? undefined : body["error"];
  return {
    messages,
    code: find("canonicalCode", "code") ?? (typeof oauth === "string" ? oauth : undefined),
    status: [body?.["statusCode"], body?.["status"]].find((value): value is number => typeof value === "number"),
    ids: {
      existingId: find("existingId"),
      contactId: find("contactId"),
      opportunityId: find("opportunityId"),
      conversationId: find("conversationId"),
    },
    matchingField: find("matchingField"),
  };
}

/** The platform's id of a request, from the end of an answer's body. */
export function traceIdOf(text: string): string | undefined {
  const at = text.lastIndexOf('"traceId"');
  return at < 0 ? undefined : /^"traceId"\s*:\s*"([\w:.-]{1,100})"/.exec(text.slice(at, at + 130))?.[1];
}

function messagesOf(body: Fields): readonly string[] {
  const inner = fields(body["error"]);
  const source = [
    body["message"],
    fields(body["message"])?.["message"],
    inner?.["message"],
    body["errors"],
    body["error_description"],
    body["msg"],
    body["detail"],
    body["error"],
  ].find(hasText);
  return (Array.isArray(source) ? source : [source]).map(messageOf).filter((message) => message !== undefined);
}

/** One of a list: a text, or an object that names a field. */
function messageOf(one: unknown): string | undefined {
  if (typeof one === "string") return one;
  const { field, message } = fields(one) ?? {};
  if (typeof message !== "string") return undefined;
  return typeof field === "string" && !message.startsWith(field) ? `${field} is refused: ${message}` : message;
}

function textMessages(text: string): readonly string[] {
  return text === "" || text.trimStart().startsWith("<") ? [] : [text.slice(0, 300)];
}

function hasText(value: unknown): boolean {
  return typeof value === "string" || (Array.isArray(value) && value.length > 0);
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
