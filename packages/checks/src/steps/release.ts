import { rehearseRelease } from "../release/rehearse-release.ts";
import { reproductionProblems } from "../release/reproduction-problems.ts";
import { judged, type Step } from "../step.ts";

/** The way of a release up to the public registry: packed twice with equal checksums, published on this machine, installed, run. */
export const release: Step = {
  name: "release",
  run: async ({ release: pack }) => {
    const packed = await pack();
    const rehearsal = await rehearseRelease(packed);
    const problems = [...(await reproductionProblems(packed)), ...rehearsal.problems];
    const what = `${packed.tarballs.length} tarballs packed twice, published to a local registry, installed with npm, Bun and Deno`;
    return judged(problems, [what, rehearsal.note].filter((part) => part !== undefined).join("; "));
  },
};
