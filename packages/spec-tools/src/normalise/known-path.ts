import { SpecStop } from "./spec-stop.ts";

// A path goes into URLs, comments and tables: only what needs no escape in any of them.
const segmentPattern = /^(?:[A-Za-z0-9._~:@-]|\{[A-Za-z][A-Za-z0-9_.-]*\})+$/;

/**
 * A path template of one place on the platform: no empty segment but the last, as `//host/` names another host; none of `.` and `..`, which
 * a URL resolves into another path; and every placeholder once, as it has one value.
 * @throws SpecStop
 */
export function assertPath(file: string, pointer: string, path: string): void {
  const stop = (reason: string): SpecStop => new SpecStop(file, pointer, `${JSON.stringify(path)} is not a path${reason}`);
  if (!path.startsWith("/")) throw stop("");
  const segments = path.slice(1).split("/");
  if (segments.at(-1) === "") segments.pop();
  for (const segment of segments) {
    if (segment === "") throw stop(": it has an empty segment");
    if (segment === "." || segment === "..") throw stop(`: ${segment} leads to another one`);
    if (!segmentPattern.test(segment)) throw stop("");
  }
  const names = [...path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name);
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated !== undefined) throw stop(`: {${repeated}} stands in it twice`);
}
