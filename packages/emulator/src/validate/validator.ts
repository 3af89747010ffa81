import type { ErrorObject, ValidateFunction } from "ajv";
import type { Ajv2020 } from "ajv/dist/2020.js";
import type { Schema } from "../contract/open-api.ts";

export type { ErrorObject };

/** Checks a value; the findings of the last check, none when it was fine. */
export type Validator = (value: unknown) => readonly ErrorObject[];

let shared: Promise<Ajv2020> | undefined;

/** Compiles a schema. The compiler itself is loaded with the first one: an emulator starts without it. */
export async function compileSchema(schema: Schema): Promise<Validator> {
  const ajv = await (shared ??= loadAjv());
  const validate: ValidateFunction = ajv.compile(schema);
  return (value) => (validate(value) ? [] : (validate.errors ?? []));
}

async function loadAjv(): Promise<Ajv2020> {
  const [{ Ajv2020 }, formats] = await Promise.all([import("ajv/dist/2020.js"), import("ajv-formats")]);
  // With `verbose` a finding carries its schema, which decides on the words of some.
  const ajv = new Ajv2020({ allErrors: true, strict: false, validateSchema: false, validateFormats: true, logger: false, verbose: true });
  formats.default.default(ajv);
  return ajv;
}
