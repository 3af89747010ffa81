import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** What was recorded at one place of an answer. `empty-array` and `empty-object` are lists and records that held nothing. */
export type RecordedType = "string" | "integer" | "number" | "boolean" | "null" | "empty-array" | "empty-object";

const recordedTypes: ReadonlySet<string> = new Set<RecordedType>([
  "string",
  "integer",
  "number",
  "boolean",
  "null",
  "empty-array",
  "empty-object",
]);

/** The shape of the recorded answers of one operation. */
export interface RecordedAnswer {
  /** File of `openapi/evidence` it stands in. */
  readonly file: string;
  readonly operation: string;
  /** Number of answers the shape was read from. */
  readonly recordings: number;
  /** Path (`contacts[].tags[]`) → what stood there. */
  readonly types: ReadonlyMap<string, readonly RecordedType[]>;
}

/**
 * Reads every recorded answer of a folder; none when there is no folder.
 * @throws Error with file and pointer for what is no recorded shape.
 */
export async function readRecordedAnswers(folder: string): Promise<readonly RecordedAnswer[]> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith(".json")).toSorted();
  const read = async (name: string): Promise<readonly RecordedAnswer[]> => {
    const { operations = {} } = JSON.parse(await readFile(join(folder, name), "utf8")) as EvidenceFile;
    return Object.entries(operations).map(([operation, { recordings, answer }]) => ({
      file: `openapi/evidence/${name}`,
      operation,
      recordings,
      types: new Map(Object.entries(answer).map(([path, types]) => [path, readTypes(name, operation, path, types)])),
    }));
  };
  return (await Promise.all(names.map(read))).flat();
}

interface EvidenceFile {
  readonly operations?: Readonly<Record<string, { readonly recordings: number; readonly answer: Readonly<Record<string, string>> }>>;
}

function readTypes(file: string, operation: string, path: string, text: string): readonly RecordedType[] {
  const types = text.split(" | ");
  const unknown = types.find((type) => !recordedTypes.has(type));
  if (unknown !== undefined)
    throw new Error(`openapi/evidence/${file}#/operations/${operation}/answer/${path}: "${unknown}" is no recorded type`);
  return types as RecordedType[];
}
