import { parseDocument } from "yaml";

/** Parses YAML. @throws Error with file, line and column. */
export function parseYaml(file: string, text: string): unknown {
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error === undefined) return document.toJS() as unknown;
  const at = error.linePos?.[0];
  throw new Error(`${file}: is not YAML${at === undefined ? "" : `: line ${at.line}, column ${at.col}`}`);
}
