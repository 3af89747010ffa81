import { UsageError } from "../usage-error.ts";

/** `name=text` or `name:=json`, as HTTPie has them. @throws UsageError */
export function parseFields(fields: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(fields.map(parseField));
}

function parseField(field: string): readonly [string, unknown] {
  const [, name, colon, value = ""] = /^([^=:]+)(:?)=(.*)$/s.exec(field) ?? [];
  if (name === undefined) throw new UsageError(`--field takes name=text or name:=json, not "${field}".`);
  if (colon === "") return [name, value];
  try {
    return [name, JSON.parse(value)];
  } catch {
    throw new UsageError(`--field ${name}:= takes JSON; write ${name}=… for text.`);
  }
}
