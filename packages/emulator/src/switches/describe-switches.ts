import { settingOf, switchList, type ListedSwitch, type SwitchSettings } from "./switch-list.ts";

/** A switch as the control plane lists it. */
export interface DescribedSwitch extends Omit<ListedSwitch, "name"> {
  readonly value: unknown;
  readonly default: string | boolean | undefined;
}

/** All switches by name, with what is known of them. */
export function describeSwitches(settings: SwitchSettings): Readonly<Record<string, DescribedSwitch>> {
  return Object.fromEntries(
    switchList.map(({ name, values, ...known }) => [name, { value: settingOf(settings, name), default: values[0], values, ...known }]),
  );
}
