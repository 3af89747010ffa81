import type { OperationId } from "../contract/contract-source.ts";
import type { Answer } from "../http/answer.ts";
import type { Call } from "./call.ts";

/** Answers one operation from state. May throw a `Refusal`. */
export type Handler = (call: Call) => Answer | Promise<Answer>;

/** Handlers by operation id, of either generation. */
export type Handlers = Readonly<Partial<Record<OperationId, Handler>>>;
