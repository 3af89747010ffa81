import { writeFile } from "node:fs/promises";
import { createFields, wantedFields } from "@ghlkit/crm/fields";
import type { Report } from "../report.ts";
import { UsageError } from "../usage-error.ts";
import { locationsFrom, type LocationsOptions } from "./locations-from.ts";
import { renderFieldMap } from "./render-field-map.ts";

export interface PullOptions extends LocationsOptions {
  /** `.ts` for the typed map, `.json` for what `fields ensure` takes. */
  readonly out?: string;
}

/** Reads the custom fields of a location and writes them down. */
export async function pullFields({ out, ...options }: PullOptions): Promise<Report> {
  if (out !== undefined && !/\.(ts|json)$/.test(out))
    throw new UsageError("--out ends in .ts for the typed map, or .json for `fields ensure`.");
  const [location, other] = await locationsFrom(options);
  if (location === undefined || other !== undefined) throw new UsageError("fields pull reads one location: --tokens may name one alone.");
  const fields = createFields(location.client);
  const [contact, opportunity] = [await fields.list("contact"), await fields.list("opportunity")];
  const wanted = await wantedFields(location.client);
  const map = renderFieldMap(contact, opportunity);
  if (out === undefined) return { ok: true, json: wanted, text: map };
  await writeFile(out, out.endsWith(".ts") ? map : `${JSON.stringify(wanted, undefined, 2)}\n`);
  const text = `${out}: ${contact.length} fields of contacts, ${opportunity.length} of opportunities`;
  return { ok: true, json: { out, contact: contact.length, opportunity: opportunity.length }, text };
}
