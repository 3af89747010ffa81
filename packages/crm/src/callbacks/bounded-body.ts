/** The body of a request as text; `undefined` when it has more bytes. */
export async function boundedText({ body }: Request, mostBytes: number): Promise<string | undefined> {
  const decoder = new TextDecoder();
  const reader = body?.getReader() as ReadableStreamDefaultReader<Uint8Array> | undefined;
  let text = "";
  let bytes = 0;
  for (let chunk = await reader?.read(); chunk !== undefined && !chunk.done; chunk = await reader?.read()) {
    bytes += chunk.value.length;
    if (bytes > mostBytes) {
      await reader?.cancel();
      return undefined;
    }
    text += decoder.decode(chunk.value, { stream: true });
  }
  return text + decoder.decode();
}

/** JSON of an object; `undefined` for what is none. */
export function jsonObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Readonly<Record<string, unknown>>) : undefined;
  } catch {
    return undefined;
  }
}
