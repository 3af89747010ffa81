import type { Route } from "./route.ts";
import { segmentsOf } from "./route-index.ts";

/**
 * The operations whose path looks most like the one that was asked for, as `id METHOD path`: for the person who
 * mistyped it.
 */
export function nearestOperations(routes: readonly Route[], method: string, path: string, count = 3): readonly string[] {
  const wanted = segmentsOf(path);
  const best = new Map<string, number>();
  for (const { operation } of routes) {
    const label = `${operation.id} ${operation.method} ${operation.path}`;
    if (best.has(label)) continue;
    best.set(label, distance(wanted, segmentsOf(operation.path)) + (operation.method === method ? 0 : 0.5));
  }
  return [...best]
    .toSorted((a, b) => a[1] - b[1])
    .slice(0, count)
    .map(([label]) => label);
}

/** Edit distance over segments; replacing one segment by another costs how unlike they are. */
function distance(a: readonly string[], b: readonly string[]): number {
  return edit(a.length, b.length, (i, j) => {
    const wanted = a[i] as string;
    const declared = b[j] as string;
    if (wanted === declared) return 0;
    if (declared.startsWith("{")) return looksLikeId(wanted) ? 0.1 : 0.7;
    return unlike(wanted.toLowerCase(), declared.toLowerCase());
  });
}

function unlike(a: string, b: string): number {
  return edit(a.length, b.length, (i, j) => (a.charAt(i) === b.charAt(j) ? 0 : 1)) / Math.max(a.length, b.length, 1);
}

function edit(rows: number, columns: number, replace: (i: number, j: number) => number): number {
  let previous = Array.from({ length: columns + 1 }, (_, index) => index);
  for (let i = 1; i <= rows; i += 1) {
    const current = [i];
    for (let j = 1; j <= columns; j += 1) {
      current.push(
        Math.min((previous[j] as number) + 1, (current[j - 1] as number) + 1, (previous[j - 1] as number) + replace(i - 1, j - 1)),
      );
    }
    previous = current;
  }
  return previous[columns] as number;
}

function looksLikeId(segment: string): boolean {
  return segment.length >= 12 && /[0-9A-Z]/.test(segment);
}
