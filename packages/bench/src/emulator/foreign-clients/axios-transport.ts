import type { Transport } from "./foreign-method.ts";

/** As much of an axios instance as is needed to carry its requests. */
export interface AxiosLike {
  readonly defaults: { adapter?: unknown };
  readonly getUri: (config: object) => string;
}

interface AxiosConfig {
  readonly method?: string;
  readonly data?: unknown;
  readonly headers: { readonly toJSON?: () => Record<string, unknown> } & Record<string, unknown>;
  readonly responseType?: string;
}

/** Has an axios instance send its requests through a transport; nothing else about it changes. */
export function carryAxios(instance: AxiosLike, transport: Transport): void {
  instance.defaults.adapter = async (config: AxiosConfig): Promise<unknown> => {
    const headers = new Headers();
    for (const [name, value] of Object.entries(config.headers.toJSON?.() ?? config.headers)) {
      const isForm = config.data instanceof FormData && name.toLowerCase() === "content-type";
      if (value !== undefined && value !== null && value !== false && !isForm) headers.set(name, String(value));
    }
    const body = bodyOf(config.data);
    const response = await transport(
      new Request(instance.getUri(config), {
        method: (config.method ?? "get").toUpperCase(),
        headers,
        ...(body !== undefined && { body }),
      }),
    );
    const text = await response.text();
    const isJson = response.headers.get("content-type")?.includes("json") ?? false;
    const answer = {
      data: isJson ? (JSON.parse(text) as unknown) : text,
      status: response.status,
      statusText: response.statusText,
      headers: Object.fromEntries(response.headers),
      config,
    };
    if (response.ok) return answer;
    throw Object.assign(new Error(`Request failed with status code ${response.status}`), { response: answer, config, isAxiosError: true });
  };
}

/** In Node some versions of axios write forms as a stream of their own. */
function bodyOf(data: unknown): BodyInit | undefined {
  if (data === undefined || data === null) return undefined;
  const { getBuffer } = data as { readonly getBuffer?: () => Uint8Array<ArrayBuffer> };
  return typeof getBuffer === "function" ? getBuffer.call(data) : (data as BodyInit);
}
