import { pointerStep } from "../normalise/spec-stop.ts";

/** An object or list that is being read. */
interface Open {
  /** Keys so far; of a list none. */
  readonly keys: Set<string> | undefined;
  /** Key or index of the value that is read. */
  at: string | number;
}

/** What `JSON.parse` would lose without a word. */
export interface LostValue {
  /** JSON pointer. */
  readonly pointer: string;
  readonly reason: string;
}

const tokens = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],]|-?\d[\d.eE+-]*/g;

/**
 * The first thing in a JSON text that `JSON.parse` would lose: a key that stands twice in its object, of which it keeps the last value, or a
 * number that it cannot hold. `undefined` where there is none.
 * @param text JSON that parses.
 */
export function lostValue(text: string): LostValue | undefined {
  const open: Open[] = [];
  let isKeyNext = false;
  for (const [token] of text.matchAll(tokens)) {
    const inner = open.at(-1);
    if (token === "{" || token === "[") {
      open.push({ keys: token === "{" ? new Set() : undefined, at: 0 });
      isKeyNext = token === "{";
    } else if (token === "}" || token === "]") {
      open.pop();
      isKeyNext = false;
    } else if (token === ",") {
      isKeyNext = inner?.keys !== undefined;
      if (inner !== undefined && !isKeyNext) inner.at = Number(inner.at) + 1;
    } else if (isKeyNext && inner?.keys !== undefined) {
      isKeyNext = false;
      inner.at = JSON.parse(token) as string;
      if (inner.keys.has(inner.at)) return { pointer: pointerOf(open), reason: "stands twice in its object" };
      inner.keys.add(inner.at);
    } else if (!token.startsWith('"') && !isHeld(token)) {
      return { pointer: pointerOf(open), reason: `${token.slice(0, 40)} is a number beyond what a double holds` };
    }
  }
  return undefined;
}

function pointerOf(open: readonly Open[]): string {
  return open.map(({ at }) => pointerStep(at)).join("");
}

/** Fractions are rounded by every reader; whole numbers must not be. */
function isHeld(token: string): boolean {
  const value = Number(token);
  return Number.isFinite(value) && (!/^-?\d+$/.test(token) || Number.isSafeInteger(value));
}
