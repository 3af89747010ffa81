import type { HttpMethod } from "@ghlkit/contract";
import type { CallOptions } from "./call-types.ts";
import type { PathResult } from "./path-level.ts";

/** A route map as the contract generates it: path → arguments and data. */
export type RouteMap<Map> = { readonly [Path in keyof Map]: { args: readonly [init?: unknown]; data: unknown } };

type Arguments<Args> = Args extends readonly [init: infer Init] ? [init: Init & CallOptions] : Args extends readonly [init?: infer Init] ? [init?: Init & CallOptions] : never;

/** One method of the path level, typed by a route map. */
export type TypedPathMethod<Map extends RouteMap<Map>> = <Path extends keyof Map>(
  path: Path,
  ...args: Arguments<Map[Path]["args"]>
) => Promise<PathResult<Map[Path]["data"]>>;

/** The path level of a client: `client.GET("/contacts/{contactId}", { params: { path: { contactId } } })`. */
export type PathLevel<Routes extends Readonly<Record<HttpMethod, object>>> = {
  readonly [Method in HttpMethod]: TypedPathMethod<Routes[Method] & RouteMap<Routes[Method]>>;
};
