import { lineAt } from "./code-text.ts";
import { operationOf, operationOfPath, services } from "./known-operations.ts";

/** An operation that code names, and where. */
export interface FoundOperation {
  readonly id: string;
  readonly line: number;
}

/** The second name is not taken up: it may be the first one of the next. */
const chain = /\.\s*(\w+)\s*[?!]?(?=\.\s*(\w+)\b)/g;
const id = /["'`]([a-zA-Z]\w*\.[a-zA-Z]\w*)["'`]/g;
const pathCall = /\.\s*(GET|POST|PUT|PATCH|DELETE)\s*\(\s*["'`](\/[^"'`]*)["'`]/g;
const destructured = /\b(?:const|let|var)\s*\{([^{}]*)\}\s*=/g;
/** A parameter that is taken apart; `f({ contacts })` is a call, and none. */
const parameter = /[(,]\s*\{([^{}]*)\}\s*(?::|=|\)\s*(?:=>|:|\{))/g;
const assigned = /\b(?:const|let|var)\s+(\w+)\s*=[^;\n]*\.\s*(\w+)\s*(?=[;\n])/g;

/**
 * Finds the operations that code names: `x.contacts.create` (also where `contacts` was taken out of a client before), `"contacts.create"`, and paths of the path level.
 * It reads text, not types: what is put together at run time is not found.
 * @param code Without comments.
 */
export function findOperations(code: string): readonly FoundOperation[] {
  const found: FoundOperation[] = [];
  const note = (name: string, index: number): void => {
    if (operationOf(name) !== undefined) found.push({ id: name, line: lineAt(code, index) });
  };
  for (const { 1: service = "", 2: operation = "", index } of code.matchAll(chain))
    if (services.has(service)) note(`${service}.${operation}`, index);
  for (const { 1: name = "", index } of code.matchAll(id)) note(name, index);
  for (const { 1: method = "", 2: path = "", index } of code.matchAll(pathCall)) {
    const operation = operationOfPath(method, path);
    if (operation !== undefined) note(operation.id, index);
  }
  for (const [alias, service] of aliases(code))
    for (const { 1: operation = "", index } of code.matchAll(new RegExp(`(?<![.\\w$])${alias}\\s*[?!]?\\.\\s*(\\w+)\\b`, "g")))
      note(`${service}.${operation}`, index);
  return found;
}

/** Names under which code keeps the services of a client. */
function aliases(code: string): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const [, list = ""] of [...code.matchAll(destructured), ...code.matchAll(parameter)])
    for (const part of list.split(",")) {
      const [, service = "", alias = service] = /^\s*(\w+)\s*(?::\s*(\w+)\s*)?$/.exec(part) ?? [];
      if (services.has(service)) names.set(alias, service);
    }
  for (const [, alias = "", service = ""] of code.matchAll(assigned)) if (services.has(service)) names.set(alias, service);
  return names;
}
