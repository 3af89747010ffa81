import { pointerStep } from "./spec-stop.ts";

/** Visits every object that holds a `$ref` string. The walk is taken before the visits, so visits may add schemas. */
export function visitReferences(root: unknown, visit: (holder: { $ref: string }, pointer: string) => void): void {
  const found: [{ $ref: string }, string][] = [];
  const walk = (value: unknown, pointer: string): void => {
    if (typeof value !== "object" || value === null) return;
    const ref = (value as { $ref?: unknown }).$ref;
    if (typeof ref === "string") found.push([value as { $ref: string }, pointer]);
    for (const [key, child] of Object.entries(value)) {
      // Examples are data, not schemas.
      if (key !== "example" && key !== "examples") walk(child, pointer + pointerStep(key));
    }
  };
  walk(root, "");
  for (const [holder, pointer] of found) visit(holder, pointer);
}
