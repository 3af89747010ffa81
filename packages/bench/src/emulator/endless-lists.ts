import { packagedContract, type Generation } from "../../../emulator/src/contract/contract-source.ts";
import { createEmulator } from "../../../emulator/src/index.ts";
import { answering } from "../../../emulator/src/services/services.ts";
import { at, createWalker } from "../../../emulator/test/walk/walker.ts";
import { measure, type Measure } from "../measure.ts";

const far = 1_000_000;

/** Lists outside ad publishing that still have records far behind their end, or behind a cursor that names nothing. */
export async function endlessLists(generation: Generation): Promise<Measure> {
  const walker = createWalker(createEmulator({ burstLimit: 1e9, journalSize: 0, sharedVersion: generation }), generation);
  const paged = packagedContract
    .operations(generation)
    .filter(({ pagination, id }) => pagination !== null && !id.startsWith("adPublishing."));
  const endless: string[] = [];
  for (const { id, pagination } of paged) {
    if (pagination === null) continue;
    if (!(id in answering)) {
      endless.push(id);
      continue;
    }
    const value = pagination.style === "cursor" ? "gone" : far;
    const isText = pagination.in === "query" || pagination.asString === true;
    const texts = Object.fromEntries(pagination.cursor.map((name) => [name, String(value)]));
    const values = isText ? texts : Object.fromEntries(pagination.cursor.map((name) => [name, value]));
    const parts = pagination.in === "query" ? { query: texts } : { body: values, isMinimal: true };
    const { body } = await walker.call(id, parts);
    const items = at(body, pagination.items);
    if (Array.isArray(items) && items.length > 0) endless.push(id);
  }
  if (endless.length > 0) console.log(`endless in ${generation}: ${endless.join(", ")}`);
  return measure(`lists that do not end, ${generation}`, endless.length, "", { atMost: 0 }, { lists: paged.length });
}
