import type { Generation } from "../../../emulator/src/contract/contract-source.ts";
import { createEmulator } from "../../../emulator/src/index.ts";
import { isWrongDocument } from "../../../emulator/test/walk/document-is-wrong.ts";
import { resourcesOf, walkFamily } from "../../../emulator/test/walk/family.ts";
import { prepare } from "../../../emulator/test/walk/prepare.ts";
import { createWalker, operationsOf } from "../../../emulator/test/walk/walker.ts";
import { measure, type Measure } from "../measure.ts";

/** Resources that live from their creation to their end as their documents say: created, found, listed, changed, deleted, gone. */
export async function families(generation: Generation): Promise<Measure> {
  const emulator = createEmulator({ burstLimit: 1e9, journalSize: 0, sharedVersion: generation });
  const walker = createWalker(emulator, generation);
  const refs = await prepare(walker);
  const own = resourcesOf(walker).filter((resource) => operationsOf(resource, walker).create.length > 0);
  let behaving = 0;
  for (const resource of own) {
    const before = walker.findings.length;
    await walkFamily(resource, walker, refs);
    const wrong = walker.findings.slice(before).filter((finding) => !isWrongDocument(finding));
    if (wrong.length === 0) behaving += 1;
    else console.log(wrong.join("\n"));
  }
  return measure(`families of the store that behave, ${generation}`, behaving, "", { atLeast: own.length }, { families: own.length });
}
