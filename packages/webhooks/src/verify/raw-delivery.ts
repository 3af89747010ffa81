/** Headers in any of the shapes that servers give them in. */
export type HeadersLike = Headers | Readonly<Record<string, string | readonly string[] | undefined>>;

/** What came in over HTTP, as it came. */
export interface RawDelivery {
  /** The bytes of the body, untouched. A text is taken as its UTF-8 bytes. */
  readonly body: Uint8Array | ArrayBuffer | string;
  readonly headers: HeadersLike;
  /** Address of the sender, where a source asks for it. */
  readonly address?: string | undefined;
}

/** Every value of a header, whatever the spelling of its name. Node joins repeated headers with a comma. Never throws. */
export function headerValues(headers: HeadersLike, name: string): readonly string[] {
  if (typeof headers !== "object" || headers === null) return [];
  // Not `instanceof`: Headers of another library or realm are none of this one's.
  if (typeof headers.get === "function") {
    const value: unknown = (headers as Pick<Headers, "get">).get(name);
    return typeof value === "string" ? [value] : [];
  }
  const values: string[] = [];
  for (const key of Object.keys(headers)) {
    // No other spelling of an ASCII name has another length.
    if (key.length !== name.length || (key !== name && key.toLowerCase() !== name)) continue;
    const value: unknown = (headers as Readonly<Record<string, unknown>>)[key];
    if (typeof value === "string") values.push(value);
    // One that is no text counts, so that a repeated header is not taken for a single one.
    else if (Array.isArray(value)) for (const one of value as unknown[]) values.push(typeof one === "string" ? one : "");
  }
  return values;
}
