import type { StoredDelivery } from "@ghlkit/storage";
import { printable } from "../printable.ts";
import type { Report } from "../report.ts";
import { bodyJson } from "./shown-delivery.ts";

/** A field that differs. `before` or `after` is absent where the body has no such field. */
interface Change {
  /** `tags[0]`, `customer.email`. */
  readonly path: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

/** How the second body differs from the first. Ok either way: differing is no failure. */
export function compareBodies(a: StoredDelivery, b: StoredDelivery): Report {
  const [before, after] = [leavesOf(a), leavesOf(b)];
  const changes = [...new Set([...before.keys(), ...after.keys()])].flatMap((path) => changeAt(path, before, after));
  const sameBytes = a.hash === b.hash;
  const json = { a: a.id, b: b.id, sameBytes, changes };
  const lines = changes.length > 0 ? changes.flatMap(linesOf) : [sameBytes ? "The bodies are the same." : "The fields are the same, the bytes are not."]; // prettier-ignore
  return { ok: true, json, text: printable([`--- ${a.id}`, `+++ ${b.id}`, ...lines].join("\n")) };
}

function changeAt(path: string, before: ReadonlyMap<string, unknown>, after: ReadonlyMap<string, unknown>): readonly Change[] {
  if (before.has(path) && after.has(path) && JSON.stringify(before.get(path)) === JSON.stringify(after.get(path))) return [];
  const had = before.has(path) ? { before: before.get(path) } : {};
  const has = after.has(path) ? { after: after.get(path) } : {};
  return [{ path, ...had, ...has }];
}

function linesOf(change: Change): readonly string[] {
  const line = (sign: string, value: unknown): string => `${sign} ${change.path}: ${JSON.stringify(value)}`;
  return [...("before" in change ? [line("-", change.before)] : []), ...("after" in change ? [line("+", change.after)] : [])];
}

/** Every value that holds no others, by its path. */
function leavesOf(delivery: StoredDelivery): ReadonlyMap<string, unknown> {
  const leaves = new Map<string, unknown>();
  const visit = (value: unknown, path: string): void => {
    const inside = typeof value === "object" && value !== null ? Object.entries(value) : [];
    if (inside.length === 0) leaves.set(path, value);
    for (const [key, child] of inside) visit(child, Array.isArray(value) ? `${path}[${key}]` : path === "" ? key : `${path}.${key}`);
  };
  const body = bodyJson(delivery);
  if (body !== undefined) visit(body, "");
  return leaves;
}
