import { BoundsError } from "../bounds/check-value.ts";
import { settingOf, switchList, withSetting, type SwitchSettings } from "./switch-list.ts";

/** Switches of an emulator that runs. */
export interface SwitchControls {
  /** The values as they are now. */
  readonly all: () => SwitchSettings;
  /**
   * Sets some of them, from the next request on; `reset` puts them back.
   * @throws Error for a name or a value that there is not.
   */
  readonly set: (values: SwitchSettings) => SwitchSettings;
}

/** Where the values are kept. */
export interface SwitchStore {
  readonly current: () => object;
  readonly change: (values: SwitchSettings) => void;
}

export function createSwitchControls({ current, change }: SwitchStore): SwitchControls {
  const all = (): SwitchSettings =>
    collect(
      current(),
      switchList.map(({ name }) => name),
    );
  return {
    all,
    set(values) {
      const given = entriesOf(values).map(([name, value]) => [name, checkSwitch(name, value)] as const);
      change(given.reduce<SwitchSettings>((settings, [name, value]) => withSetting(settings, name, value), {}));
      return all();
    },
  };
}

/** Names and values of settings: nested in their group, or with a dot in the name. */
function entriesOf(values: object): readonly (readonly [string, unknown])[] {
  return Object.entries(values).flatMap(([name, value]: [string, unknown]) => {
    if (typeof value !== "object" || value === null) return [[name, value] as const];
    return Object.entries(value).map(([own, choice]: [string, unknown]) => [`${name}.${own}`, choice] as const);
  });
}

function collect(settings: object, names: readonly string[]): SwitchSettings {
  return names.reduce<SwitchSettings>((all, name) => withSetting(all, name, settingOf(settings, name) as string | boolean), {});
}

/** @throws BoundsError for a name or a value that there is not. */
export function checkSwitch(name: string, value: unknown): string | boolean {
  const known = switchList.find((one) => one.name === name);
  if (known === undefined) throw new BoundsError(`There is no switch ${name}: there are ${switchList.map((one) => one.name).join(", ")}.`);
  const found = known.values.find((choice) => choice === value);
  if (found === undefined) throw new BoundsError(`${name} is ${known.values.join(" or ")}.`);
  return found;
}
