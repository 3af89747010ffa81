/** A question as it came: JSON of unknown shape. */
export type WireQuestion = Readonly<Record<string, unknown>>;

const mostBytes = 65_536;

/** What a request holds. */
export type ReadQuestion =
  | { readonly wire: WireQuestion }
  | { readonly wire: undefined; readonly status: 400 | 405 | 413; readonly message: string };

/** Reads a request to the `queryUrl`, bounded. */
export async function readQuestion(request: Request): Promise<ReadQuestion> {
  if (request.method !== "POST") return { wire: undefined, status: 405, message: "The queryUrl takes POST." };
  const text = await boundedText(request);
  if (text === undefined) return { wire: undefined, status: 413, message: `A question has at most ${mostBytes} bytes.` };
  const wire = parsed(text);
  return wire === undefined ? { wire, status: 400, message: "A question is a JSON object." } : { wire };
}

function parsed(text: string): WireQuestion | undefined {
  try {
    const question: unknown = JSON.parse(text);
    return typeof question === "object" && question !== null && !Array.isArray(question) ? (question as WireQuestion) : undefined;
  } catch {
    return undefined;
  }
}

async function boundedText({ body }: Request): Promise<string | undefined> {
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

/** A text of the question; `""` where there is none. */
export function textOf(question: WireQuestion, name: string): string {
  const value = question[name];
  return typeof value === "string" ? value : "";
}

/** A number of the question, also where it is a text; NaN where there is none. */
export function numberOf(question: WireQuestion, name: string): number {
  const value = question[name];
  return typeof value === "number" || (typeof value === "string" && value.trim() !== "") ? Number(value) : Number.NaN;
}
