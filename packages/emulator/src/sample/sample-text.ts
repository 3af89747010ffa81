import { createIdSource } from "../ids/id-source.ts";
import type { Schema } from "../contract/open-api.ts";

/** What samples are made from. */
export interface SampleContext {
  /** Seed text and operation: the whole randomness of a sample. */
  readonly seed: string;
  /** Values that the request named, by property name: `locationId`, path parameters. */
  readonly known: Readonly<Record<string, string>>;
  readonly nowIso: string;
}

/** A text that fits its schema and, by the property's name, looks like what stands there. */
export function sampleText(schema: Schema, name: string, context: SampleContext): string {
  const { format, pattern, minLength = 0, maxLength = Number.POSITIVE_INFINITY } = schema as Limits;
  const text = format === undefined ? byName(name, context) : byFormat(format, name, context);
  if (pattern !== undefined) return byPattern(pattern, text, context);
  return text.padEnd(minLength, "x").slice(0, maxLength);
}

interface Limits {
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
}

/** The first of some usual forms that a pattern lets through. */
function byPattern(pattern: string, text: string, context: SampleContext): string {
  const expression = new RegExp(pattern, "u");
  const ids = createIdSource(context.seed);
  const forms = [
    text,
    context.nowIso.slice(0, 10),
    "09:00",
    "#336699",
    "+12025550123",
    "https://example.com/",
    ids.object(),
    ids.record(),
    "1",
  ];
  return forms.find((form) => expression.test(form)) ?? text;
}

function byFormat(format: string, name: string, context: SampleContext): string {
  const ids = createIdSource(`${context.seed}/${name}`);
  switch (format) {
    case "date-time":
      return context.nowIso;
    case "date":
      return context.nowIso.slice(0, 10);
    case "time":
      return context.nowIso.slice(11);
    case "email":
      return "ada@example.com";
    case "uri":
    case "url":
      return "https://example.com/";
    case "uuid":
      return ids.uuid();
    case "ipv4":
      return "192.0.2.1";
    case "ipv6":
      return "2001:db8::1";
    case "hostname":
      return "example.com";
    default:
      return byName(name, context);
  }
}

function byName(name: string, context: SampleContext): string {
  const known = context.known[name];
  if (known !== undefined) return known;
  const ids = createIdSource(`${context.seed}/${name}`);
  if (name === "_id") return ids.object();
  if (/(^id|Id|_id|Ids)$/.test(name)) return ids.record();
  if (/(At|Date|date|dateAdded|dateUpdated|timestamp|[tT]ime)$/.test(name)) return context.nowIso;
  if (/[eE]mail$/.test(name)) return "ada@example.com";
  if (/[pP]hone(No|Number)?$/.test(name)) return "+12025550123";
  if (/([uU]rl|[wW]ebsite|[lL]ink)$/.test(name)) return "https://example.com/";
  if (/[cC]urrency$/.test(name)) return "USD";
  if (/[cC]ountry$/.test(name)) return "US";
  if (/[tT]imezone$/.test(name)) return "America/New_York";
  return name === "" ? "sample" : `Sample ${name}`;
}
