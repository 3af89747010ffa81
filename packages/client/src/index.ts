// Clients
export { createClient, type Client, type CompanyClient, type LocationClient } from "./create-client.ts";
export type { ClientMembers, UnboundMembers } from "./client-members.ts";

// Options
export type { ClientOptions } from "./build-client.ts";
export { createPipeline, type CallOrigin, type Pipeline, type PipelineOptions } from "./pipeline.ts";
export type { RawRequest, RawRequestOptions } from "./call/raw-request.ts";

// Calls
export type { Call, CallOptions, ListCall, ListOptions, NoInput, Page, WithResponse } from "./call/call-types.ts";
export type { PathResult } from "./path-level/path-level.ts";
export type { PathMethods } from "./path-level/path-methods.ts";
export type { CompanyServices, LocationServices, Services } from "./generated/v3/services.ts";

// Errors
export { isGhlError, type GhlError, type GhlErrorCode, type GhlErrorOf } from "@ghlkit/core";
