import { switchList, withSetting, type ListedSwitch, type SwitchSettings } from "../switches/switch-list.ts";

/** Switches whose flag takes no value: it selects what is not the default. */
const bare: ReadonlySet<string> = new Set(["oldPathsUnderV3"]);

/** The flags of all switches, as `parseArgs` takes them: `--unknown-query ignore`, `--calendars-status-on-update keep`, `--allow-duplicates`. */
export const switchFlags: Readonly<Record<string, { readonly type: "string" | "boolean" }>> = Object.fromEntries(
  switchList.map((one) => [flagOf(one), { type: takesNone(one) ? "boolean" : "string" }]),
);

/** The switches among parsed flags. @throws Error that names the choices of a flag. */
export function readSwitchFlags(values: Readonly<Record<string, unknown>>): SwitchSettings {
  return switchList.reduce<SwitchSettings>((settings, one) => {
    const given = values[flagOf(one)];
    return given === undefined || given === false ? settings : withSetting(settings, one.name, readFlag(one, given));
  }, {});
}

/** Lines of `--help`. */
export function switchHelp(): string {
  return switchList.map((one) => (takesNone(one) ? `  --${flagOf(one)}` : `  --${flagOf(one)} <${one.values.join("|")}>`)).join("\n");
}

/** `unknownQuery` → `unknown-query`; a switch that is on by default has the flag that turns it off. */
function flagOf({ name, values }: ListedSwitch): string {
  const kebab = name.replaceAll(".", "-").replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return values[0] === true ? `no-${kebab}` : kebab;
}

function takesNone({ name, values }: ListedSwitch): boolean {
  return typeof values[0] === "boolean" || bare.has(name);
}

function readFlag(one: ListedSwitch, given: unknown): string | boolean {
  const choice = takesNone(one) ? one.values[1] : one.values.find((candidate) => candidate === given);
  if (choice === undefined) throw new Error(`--${flagOf(one)} takes ${one.values.join(" or ")}, not "${String(given)}".`);
  return choice;
}
