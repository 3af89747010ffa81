import { groupBy } from "./group-by.ts";
/** Readable name of a vendor schema: `ContactsByIdSuccessfulResponseDtoV3` → `ContactsByIdResponse`. */
export function schemaName(name: string): string {
  const cleaned = identifier(name)
    .replace(/(?:DTOs?|Dtos?|Schemas?|Model)(?=[A-Z0-9]|$)/g, "")
    .replace(/Succ?ess?full?(?=Response)/g, "")
    .replace(/V3$/, "")
    .replace(/^I(?=[A-Z][a-z])/, "")
    .replace(/Cantact|Contect/g, "Contact")
    .replace(/Monetory/g, "Monetary")
    .replace(/Upate/g, "Update")
    .replace(/ByIs(?=[A-Z]|$)/g, "ById");
  return cleaned === "" || /^\d/.test(cleaned) ? identifier(name) : capital(cleaned);
}

/** The same name, as it is, made an identifier. */
export function identifier(name: string): string {
  return capital(name.replace(/[^A-Za-z0-9]+(.)?/g, (_, next: string | undefined) => (next ?? "").toUpperCase()));
}

function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/**
 * Names for all schemas of a document. Schemas that clean to one name share it when they are equal; when they differ,
 * all of them keep their long form.
 */
export function schemaNames(schemas: Readonly<Record<string, unknown>>): ReadonlyMap<string, string> {
  const content = (name: string): string => JSON.stringify(schemas[name]);
  const groups = groupBy(Object.keys(schemas), (name) => schemaName(name).toLowerCase());
  const names = new Map<string, string>();
  const taken = new Map<string, string>();
  for (const group of groups.values()) {
    const same = new Set(group.map(content)).size === 1;
    for (const name of group) {
      const wanted = same ? schemaName(group[0] as string) : identifier(name);
      const free = freeName(wanted, content(name), taken);
      taken.set(free.toLowerCase(), content(name));
      names.set(name, free);
    }
  }
  return names;
}

/** Long forms may differ in case only, which is one name for us: a number distinguishes different schemas. */
function freeName(wanted: string, content: string, taken: ReadonlyMap<string, string>): string {
  for (let number = 1; ; number++) {
    const name = number === 1 ? wanted : `${wanted}${number}`;
    const holder = taken.get(name.toLowerCase());
    if (holder === undefined || holder === content) return name;
  }
}
