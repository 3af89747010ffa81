import { packagedContract, type Generation } from "../../../emulator/src/contract/contract-source.ts";
import { nameGaps } from "../../../emulator/test/answers/name-gaps.ts";
import { operationCoverage } from "../../../emulator/test/answers/operation-coverage.ts";
import { measure, type Measure } from "../measure.ts";

const least: Readonly<Record<Generation, number>> = { v3: 500, v2: 455 };

/** How many operations answer from state or computation, by kind, and how many names requests and answers do not share. */
export async function operationKinds(generation: Generation): Promise<readonly Measure[]> {
  const coverage = (await operationCoverage(packagedContract, generation)).filter(
    ({ operation }) => !operation.id.startsWith("adPublishing."),
  );
  const count = (kind: string): number => coverage.filter(({ how }) => how === kind).length;
  const kinds = { state: count("state"), handler: count("handler"), sample: count("sample"), operations: coverage.length };
  const gaps = await nameGaps(packagedContract, generation);
  const sent = gaps.reduce((sum, { sentOnly }) => sum + sentOnly.length, 0);
  const shown = gaps.reduce((sum, { shownOnly }) => sum + shownOnly.length, 0);
  const unknown = coverage.reduce((sum, { unknownParameters }) => sum + unknownParameters.length, 0);
  return [
    measure(
      `operations outside ad publishing from state or computation, ${generation}`,
      kinds.state + kinds.handler,
      "",
      { atLeast: least[generation] },
      kinds,
    ),
    measure(`parameters of lists that are not understood, ${generation}`, unknown, "", { atMost: 0 }),
    measure(`fields that are sent and never shown, or shown and never sent, ${generation}`, sent + shown, "", {}, { sent, shown }),
  ];
}
