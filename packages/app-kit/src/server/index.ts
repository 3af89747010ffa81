// An application
export { createApp, type Action, type App, type AppOptions, type PageOptions } from "./app.ts";
export { openBackend, type Backend, type BackendOptions } from "./backend.ts";
export { readSettings, type AppSettings, type Environment } from "./settings.ts";
export { runApp, serveApp, type Served } from "./serve.ts";

// Its parts
export type { Channel, LiveEvent } from "./channel.ts";
export type { PlatformState } from "./platform-state.ts";
export type { Session, Sessions } from "./sessions.ts";
export { errorSentence, Refusal } from "./error-sentence.ts";
export { documentsOf, prepareDocuments, type Documents } from "./documents.ts";
export { resumeRuns, tryEach } from "./resume-runs.ts";
export { knownOutcome } from "./known-outcome.ts";
export { perLocation } from "./per-location.ts";
export { choiceIn, plainAmount, textIn } from "./read-body.ts";

// Without an account
export { openLocalPlatform, type LocalPlatform } from "./local-platform.ts";
