/** The first number for which it does not hold, where it holds for all before: found in the logarithm of its steps. */
export async function firstMissing(exists: (number: number) => Promise<boolean>): Promise<number> {
  if (!(await exists(0))) return 0;
  let known = 0;
  let missing = 1;
  while (await exists(missing)) [known, missing] = [missing, missing * 2];
  while (missing - known > 1) {
    const middle = Math.floor((known + missing) / 2);
    if (await exists(middle)) known = middle;
    else missing = middle;
  }
  return missing;
}
