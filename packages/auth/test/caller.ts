import { operationTable } from "@ghlkit/contract";
import {
  answerText,
  classify,
  compose,
  createContext,
  fetchSend,
  readBody,
  type BoundResource,
  type Credentials,
  type FetchLike,
  type Layer,
} from "@ghlkit/core";

export interface CallerOptions {
  readonly credentials: Credentials;
  readonly fetch: FetchLike;
  readonly layers?: readonly Layer[];
  readonly baseUrl?: string;
}

export type Caller = (bound: BoundResource | undefined, id: string, body?: string) => Promise<unknown>;

/** Calls operations through the layers as the client puts them together (it depends on this package, so not the client itself). */
export function callerOf({ credentials, fetch, layers = [], baseUrl = "http://127.0.0.1:1" }: CallerOptions): Caller {
  const { repeat, stamp } = credentials;
  const outer = repeat === undefined || layers.includes(repeat) ? [] : [repeat];
  const send = compose([...outer, ...layers, stamp, readBody], fetchSend(fetch));
  return async (bound, id, body) => {
    const operation = operationTable.operation(id);
    if (operation === undefined) throw new Error(`No operation ${id}`);
    const context = createContext({ operation, principal: credentials.principal(operation, bound) });
    const path = operation.path.replace(/\{\w+\}/g, bound?.resource ?? "x");
    const headers = { accept: "application/json", ...(operation.version === null ? {} : { version: operation.version }) };
    const response = await send(Object.freeze({ method: operation.method, url: baseUrl + path, headers, body }), context);
    const text = await answerText(response);
    if (!response.ok) throw classify(response, text, context);
    return JSON.parse(text) as unknown;
  };
}
