import { checksumsOf, differences } from "./checksums.ts";
import { packAgain, type PackedWorkspace } from "./packed-workspace.ts";

/** Packs the same release once more, in another folder: the tarballs that are not the same, byte for byte. */
export async function reproductionProblems(packed: PackedWorkspace): Promise<readonly string[]> {
  const again = await packAgain(packed);
  try {
    const [one, other] = await Promise.all([packed, again].map(({ tarballs }) => checksumsOf(tarballs.map(({ file }) => file))));
    return differences(one ?? new Map(), other ?? new Map());
  } finally {
    await again.remove();
  }
}
