import type { Context } from "hono";
import { BoundsError, checkObject } from "../bounds/check-value.ts";
import { isDeeper, mostLevels } from "../bounds/is-deeper.ts";
import { readBytes } from "../bounds/read-bytes.ts";

/** What a control is asked for. */
export type ControlBody = Readonly<Record<string, unknown>>;

const mostBytes = 1024 * 1024;

/**
 * The body of a control: a JSON object, or nothing.
 * @throws BoundsError 400, 413 or 415. Only JSON is taken: a page of another host cannot send it without asking first.
 */
export async function readControlBody({ req }: Context): Promise<ControlBody> {
  const bytes = await readBytes(req.raw, mostBytes);
  const type = req.header("content-type");
  if (type === undefined ? bytes.length > 0 : !isJson(type)) throw new BoundsError("The body of a control is application/json.", 415);
  if (bytes.length === 0) return {};
  const body = checkObject("The body", parse(new TextDecoder().decode(bytes)));
  if (isDeeper(body)) throw new BoundsError(`The body is nested deeper than ${mostLevels} levels.`);
  return body;
}

function isJson(type: string): boolean {
  return type.split(";")[0]?.trim().toLowerCase() === "application/json";
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new BoundsError("The body is not JSON.");
  }
}

/** A whole number of the query; `undefined` when it is not there. @throws BoundsError. */
export function readCount({ req }: Context, name: string, to = 1_000_000): number | undefined {
  const text = req.query(name);
  if (text === undefined) return undefined;
  if (/^\d{1,9}$/.test(text) && Number(text) <= to) return Number(text);
  throw new BoundsError(`${name} is a whole number from 0 to ${to}.`);
}
