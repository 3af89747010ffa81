import type { Evidence } from "../http/answer.ts";
import { calendarSwitches, type CalendarOptions } from "./calendar-switches.ts";
import { commerceSwitches, type CommerceOptions } from "./commerce-switches.ts";
import { platformSwitches } from "./platform-switches.ts";
import type { SwitchOptions } from "./switch-options.ts";

/** All switches as they are set: those of a group in the group. */
export interface SwitchSettings extends SwitchOptions {
  /** What is not known of calendars and appointments. */
  readonly calendars?: CalendarOptions;
  /** What is not known of invoices, payments and products. */
  readonly commerce?: CommerceOptions;
}

/** One switch of any group. */
export interface ListedSwitch {
  /** `unknownQuery`, `calendars.statusOnUpdate`. */
  readonly name: string;
  /** The default first. */
  readonly values: readonly (string | boolean)[];
  /** How well the default is known. */
  readonly evidence: Evidence;
  /** What is unclear, in one sentence. */
  readonly unclear?: string;
}

type Table = Readonly<Record<string, Omit<ListedSwitch, "name">>>;

const listed = (table: Table, group = ""): readonly ListedSwitch[] =>
  Object.entries(table).map(([name, row]) => ({ ...row, name: group === "" ? name : `${group}.${name}` }));

/** All switches: the flags of the command line, the control plane and the table in `docs/emulator.md` are made of this list. */
export const switchList: readonly ListedSwitch[] = [
  ...listed(platformSwitches as unknown as Table),
  ...listed(calendarSwitches as unknown as Table, "calendars"),
  ...listed(commerceSwitches as unknown as Table, "commerce"),
];

/** The value of a switch among settings; `undefined` when it is not set. */
export function settingOf(settings: object, name: string): unknown {
  return name.split(".").reduce<unknown>((at, part) => (at as Readonly<Record<string, unknown>> | undefined)?.[part], settings);
}

/** Settings with one more switch set. */
export function withSetting(settings: SwitchSettings, name: string, value: string | boolean): SwitchSettings {
  const [group = "", own] = name.split(".");
  if (own === undefined) return { ...settings, [group]: value };
  return { ...settings, [group]: { ...(settings as Readonly<Record<string, object | undefined>>)[group], [own]: value } };
}
