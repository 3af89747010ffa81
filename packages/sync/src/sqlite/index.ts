export { sqlite, type SqliteOptions } from "./sqlite.ts";
export type { CopyEngine } from "../copy/copy-engine.ts";
