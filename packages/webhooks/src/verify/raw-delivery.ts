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

/** Every value of a header, whatever the spelling of its name. Node joins repeated headers with a comma. */
export function headerValues(headers: HeadersLike, name: string): readonly string[] {
  if (headers instanceof Headers) {
    const value = headers.get(name);
    return value === null ? [] : [value];
  }
  const values: string[] = [];
  for (const key of Object.keys(headers)) {
    // No other spelling of an ASCII name has another length.
    if (key.length !== name.length || (key !== name && key.toLowerCase() !== name)) continue;
    const value = headers[key];
    if (typeof value === "string") values.push(value);
    else if (value !== undefined) values.push(...value);
  }
  return values;
}
