import type { Answer } from "../server/answer.ts";
import type { Call } from "./call.ts";

/** Answers one operation from state. May throw a `Refusal`. */
export type Handler = (call: Call) => Answer | Promise<Answer>;

/** Handlers by operation id. */
export type Handlers = Readonly<Record<string, Handler>>;
