// Everything together
export { createGhl, type Ghl, type GhlAppOptions, type GhlOfApp, type GhlOptions, type GhlSettings } from "./create-ghl.ts";
export type { CloseOptions } from "./drain.ts";
export type { GhlAccess, GhlApp, GhlAppAccess } from "./access.ts";
export { fromEnv } from "./from-env.ts";

// Marketplace apps
export { oauth, type OAuth, type OAuthOptions } from "@ghlkit/auth";

// What calls give and throw
export type { Call, CallOptions, Client, CompanyClient, ListCall, ListOptions, LocationClient, Page, WithResponse } from "@ghlkit/client";
export { isGhlError, type GhlError, type GhlErrorCode, type GhlErrorOf } from "@ghlkit/core";

// Reads after writes, writes at most once, and a rate limit to share
export { once, until, withRateLimit } from "@ghlkit/resilience";

// Options of the layers
export type { CircuitBreakerOptions, RateLimitLayer, RateLimitOptions, RetryOptions } from "@ghlkit/resilience";
export type { CallEvent, CallEvents, CallLog, Layer, Logger } from "@ghlkit/core";

// Webhooks
export { createWebhookReader } from "./webhook-reader.ts";
