import { toResponse, type Layer, type Send, type WireResponse } from "../src/index.ts";

/** A layer that hands answers on. */
export const plain: Layer = (next) => async (request, context) => next(request, context);

/** A layer that reads what layers may read. */
export const reading: Layer = (next) => async (request, context) => {
  const response = await next(request, context);
  const values: [number, boolean, string | null, string] = [
    response.status,
    response.ok,
    response.headers.get("date"),
    await response.text(),
  ];
  void values;
  return response;
};

/** A layer that answers by itself. */
export const answering: Layer = (next) => async (request, context) =>
  request.url.endsWith("/ping") ? Response.json({ pong: true }) : next(request, context);

/** A transport that resolves to a Response is a Send. */
export const transport: Send = (request) => fetch(request.url);

/** A layer that needs more than that asks for it. */
export const converting: Layer = (next) => async (request, context) => {
  const answer = await next(request, context);
  // @ts-expect-error -- not every answer is a Response
  await answer.json();
  // @ts-expect-error -- nor can one be passed off as it
  const wrong: Response = answer;
  void wrong;
  return toResponse(answer).json() as Promise<unknown> as Promise<WireResponse>;
};
