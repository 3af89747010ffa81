import { rowProblem, type CsvRecord, type RowProblem } from "@ghlkit/crm/bulk/node";
import type { Person } from "@ghlkit/crm/contacts";
import type { ImportMap } from "./import-map.ts";

const fieldPrefix = "fields.";

/** A line of the file as a person. Empty fields are not given, so that nothing is overwritten with them. */
export function personOf(record: CsvRecord, { country, tags = [] }: ImportMap): Person | RowProblem {
  const given = Object.entries(record).filter(([, text]) => text !== "");
  const own = given.filter(([name]) => name !== "tags" && !name.startsWith(fieldPrefix));
  const fields = given.flatMap(([name, text]) => (name.startsWith(fieldPrefix) ? [[name.slice(fieldPrefix.length), text] as const] : []));
  const addTags = [...tags, ...(record["tags"] ?? "").split(/[,;|]/).map((tag) => tag.trim())].filter((tag) => tag !== "");
  const person: Person = {
    ...(country !== undefined && { country }),
    ...Object.fromEntries(own),
    ...(fields.length > 0 && { fields: Object.fromEntries(fields) }),
    ...(addTags.length > 0 && { addTags }),
  };
  if (person.email === undefined && person.phone === undefined && person.externalId === undefined)
    return rowProblem("neither e-mail nor phone nor external id");
  return person;
}
