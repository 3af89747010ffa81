import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { SpecStop } from "../normalise/spec-stop.ts";
import { yamlText } from "../write/yaml-text.ts";
import { eventSchema, eventType } from "./event-page.ts";

export interface UpdatedEvents {
  readonly text: string;
  /** What was done, in a sentence. */
  readonly report: string;
}

interface Catalogue {
  openapi: string;
  info: { title: string; version: string };
  webhooks: Record<string, unknown>;
  components?: { schemas?: Record<string, unknown> };
}

const empty = 'openapi: 3.1.0\ninfo: { title: HighLevel webhook events, version: "1" }\nwebhooks: {}\n';
const envelope = ["timestamp", "webhookId", "appId", "versionId", "locationId", "companyId"];

/**
 * Adds the kinds of events that the vendor has a page for and the catalogue does not know. What the catalogue says of a
 * kind is never changed by a page: people have corrected it.
 */
export async function updateEvents(source: string, text: string): Promise<UpdatedEvents> {
  const folder = join(source, "docs/webhook events");
  const pages = (await readdir(folder).catch(() => undefined))?.filter((name) => name.endsWith(".md")).toSorted();
  const known = text === "" ? empty : text;
  if (pages === undefined) return { text: known, report: "the source has no event pages, the catalogue is unchanged." };
  const catalogue = parse(known) as Catalogue;
  const added: string[] = [];
  for (const page of pages) {
    const name = page.slice(0, -".md".length);
    if (!/^[A-Z][A-Za-z0-9]*$/.test(name))
      throw new SpecStop(`docs/webhook events/${page}`, "", "its name cannot name an event: letters and digits, capital first");
    if (catalogue.webhooks[name] !== undefined) continue;
    addEvent(catalogue, name, await readFile(join(folder, page), "utf8"));
    added.push(name);
  }
  if (added.length === 0) return { text: known, report: `${pages.length} event pages, none of a new kind.` };
  catalogue.webhooks = sorted(catalogue.webhooks);
  catalogue.components = { ...catalogue.components, schemas: sorted(catalogue.components?.schemas ?? {}) };
  return { text: yamlText(catalogue), report: `${pages.length} event pages, new: ${added.join(", ")}.` };
}

function addEvent(catalogue: Catalogue, name: string, page: string): void {
  const type = eventType(page);
  const schema = eventSchema(page);
  catalogue.webhooks[name] = {
    post: {
      operationId: name,
      "x-type": type ?? name,
      "x-confidence": type !== undefined ? "documented" : schema !== undefined ? "inferred" : "named-only",
      "x-type-on-wire": type !== undefined ? true : "unknown",
      requestBody: { required: true, content: { "application/json": { schema: { $ref: `#/components/schemas/${name}` } } } },
      responses: { "200": { description: "OK" } },
    },
  };
  const fields = Object.fromEntries(envelope.map((field) => [field, { type: "string" }]));
  const properties = { ...fields, ...schema?.properties, type: { type: "string", const: type ?? name } };
  catalogue.components = {
    ...catalogue.components,
    schemas: {
      ...catalogue.components?.schemas,
      [name]: { type: "object", properties, ...(schema === undefined ? { additionalProperties: true } : {}) },
    },
  };
}

function sorted(record: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
