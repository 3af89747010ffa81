import { BoundsError, checkChoice } from "../bounds/check-value.ts";
import type { Evidence } from "../http/answer.ts";

/** The values of a switch, the default first, and how well the default is known. */
export interface Switch<Value> {
  readonly values: readonly [Value, Value, ...Value[]];
  readonly evidence: Evidence;
}

/** The switches of a group by name. */
export type SwitchTable<Choices> = { readonly [Name in keyof Choices]: Switch<Choices[Name]> };

/** Defaults, and what was chosen. @throws BoundsError for a switch or a value that there is not */
export function resolveSwitches<Choices extends object>(
  group: string,
  table: SwitchTable<Choices>,
  chosen: { readonly [Name in keyof Choices]?: Choices[Name] | undefined } = {},
): Choices {
  const switches = table as Readonly<Record<string, Switch<string>>>;
  for (const [name, value] of Object.entries(chosen)) {
    const known = switches[name];
    if (known === undefined) throw new BoundsError(`${group} has no switch ${name}. There are: ${Object.keys(switches).join(", ")}.`);
    if (value !== undefined) checkChoice(`${group}.${name}`, value, known.values);
  }
  const given = Object.entries(chosen).filter(([, value]) => value !== undefined);
  const defaults = Object.entries(switches).map(([name, { values }]) => [name, values[0]]);
  return { ...Object.fromEntries(defaults), ...Object.fromEntries(given) } as Choices;
}
